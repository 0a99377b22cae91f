using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Startup;

namespace ZoomCalendar.Tests.Web;

public sealed class AppFoldersTests : IDisposable
{
    private readonly DirectoryInfo _repository = Directory.CreateTempSubdirectory("zc-folders-");

    public AppFoldersTests() => File.WriteAllText(Path.Combine(_repository.FullName, "ZoomCalendar.sln"), "");

    [Fact]
    public void In_development_data_lies_beside_the_solution()
    {
        var folders = FoldersOf("Development", null);

        folders.Data.Should().Be(Path.Combine(_repository.FullName, "data"));
    }

    [Fact]
    public void Elsewhere_data_lies_beside_the_app()
    {
        var folders = FoldersOf("Production", null);

        folders.Data.Should().Be(Path.Combine(_repository.FullName, "bin", "data"));
    }

    [Fact]
    public void A_database_named_by_a_relative_path_is_found_from_the_same_place()
    {
        var options = DatabaseSetup.OptionsOf(
            Settings("ConnectionStrings:ZoomCalendar", "Data Source=own/mine.db"), FoldersOf("Development", null));

        options.ConnectionString.Should().Be("Data Source=" + Path.Combine(_repository.FullName, "own", "mine.db"));
        Directory.Exists(Path.Combine(_repository.FullName, "own")).Should().BeTrue();
    }

    [Fact]
    public void Another_data_folder_can_be_named()
    {
        FoldersOf("Production", "/srv/zoomcalendar").Data.Should().Be("/srv/zoomcalendar");
    }

    [Fact]
    public void PostgreSql_without_an_address_is_refused_by_the_name_of_the_setting()
    {
        var act = () => DatabaseSetup.OptionsOf(Settings("Database:Provider", "PostgreSql"), FoldersOf("Production", null));

        act.Should().Throw<InvalidOperationException>().WithMessage("ConnectionStrings:ZoomCalendar is missing*");
    }

    public void Dispose() => _repository.Delete(recursive: true);

    private AppFolders FoldersOf(string environment, string? data) =>
        new(Settings("DataDirectory", data), new Environment(environment, Path.Combine(_repository.FullName, "bin")));

    private static IConfiguration Settings(string key, string? value) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(key, value)]).Build();

    private sealed class Environment(string name, string contentRoot) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "ZoomCalendar.Web";

        public string ContentRootPath { get; set; } = contentRoot;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
