using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Server.ProtectedBrowserStorage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Web.Components.Shared;

namespace ZoomCalendar.Tests.Screens;

/// <summary>One form with one field, in a tab whose session storage is a dictionary.</summary>
public sealed class UnsavedChangesTests : ComponentTest
{
    private readonly Dictionary<string, string> _storage = [];
    private readonly IDataProtectionProvider _keys = new EphemeralDataProtectionProvider();
    private readonly List<string> _asked = [];
    private UnsavedInputs _inputs = null!;
    private bool _leaves;
    private string _saved = "saved";
    private string _typed = "saved";

    public override Task InitializeAsync()
    {
        _inputs = InputsOf("ada:northwind");
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Input_equal_to_the_saved_values_is_not_kept_and_asks_nothing()
    {
        var form = Show();

        (await form.InvokeAsync(form.Instance.LetGoAsync)).Should().BeTrue();

        form.Instance.IsDirty.Should().BeFalse();
        (_storage, _asked).Should().BeEquivalentTo((new Dictionary<string, string>(), new List<string>()));
    }

    [Fact]
    public void Typed_input_is_marked_and_kept_encrypted()
    {
        var form = Show();

        Type(form, "secret plan");

        form.Find("[data-draft]").HasAttribute("data-unsaved").Should().BeTrue();
        _storage.Should().ContainSingle().Which.Value.Should().NotContain("secret");
    }

    [Fact]
    public void Input_typed_back_to_the_saved_values_is_no_longer_kept()
    {
        var form = Show();
        Type(form, "typed");

        Type(form, "saved");

        form.Find("[data-draft]").HasAttribute("data-unsaved").Should().BeFalse();
        _storage.Should().BeEmpty();
    }

    [Fact]
    public void A_new_circuit_shows_what_was_typed_and_says_so()
    {
        Type(Show(), "typed");
        _typed = "saved";

        var form = Show();

        _typed.Should().Be("typed");
        form.Find("[role=status]").TextContent.Should().Contain("We kept what you typed. It is not saved yet.");
        form.Instance.IsDirty.Should().BeTrue();
    }

    [Fact]
    public void Discarding_restores_the_saved_values()
    {
        Type(Show(), "typed");
        _typed = "saved";
        var form = Show();

        form.Find("[role=status] button").Click();

        (_typed, form.Instance.IsDirty, _storage.Count).Should().Be(("saved", false, 0));
        form.FindAll("[role=status]").Should().BeEmpty();
    }

    [Fact]
    public void Input_that_was_saved_meanwhile_is_not_offered_again()
    {
        Type(Show(), "typed");
        _saved = _typed = "typed";

        var form = Show();

        form.FindAll("[role=status]").Should().BeEmpty();
        _storage.Should().BeEmpty();
    }

    [Fact]
    public void Another_user_in_the_same_tab_neither_sees_nor_removes_kept_input()
    {
        Type(Show(), "typed");
        _typed = "saved";
        _inputs = InputsOf("ben:northwind");

        Show().FindAll("[role=status]").Should().BeEmpty();
        _typed.Should().Be("saved");

        _inputs = InputsOf("ada:northwind");
        Show();
        _typed.Should().Be("typed");
    }

    [Fact]
    public void Kept_input_that_cannot_be_read_is_removed()
    {
        Type(Show(), "typed");
        _storage[_storage.Keys.Single()] = "\"of another key ring\"";
        _typed = "saved";

        Show().FindAll("[role=status]").Should().BeEmpty();

        (_typed, _storage.Count).Should().Be(("saved", 0));
    }

    [Fact]
    public void Input_above_the_size_limit_is_not_kept()
    {
        Type(Show(), new string('x', Drafts.MaxLength));

        _storage.Should().BeEmpty();
    }

    [Fact]
    public async Task Stay_keeps_the_input_and_Leave_discards_it()
    {
        var form = Show();
        Type(form, "typed");

        (await form.InvokeAsync(form.Instance.LetGoAsync)).Should().BeFalse();
        (form.Instance.IsDirty, _storage.Count).Should().Be((true, 1));

        _leaves = true;
        (await form.InvokeAsync(form.Instance.LetGoAsync)).Should().BeTrue();
        (form.Instance.IsDirty, _storage.Count).Should().Be((false, 0));
        _asked.Should().Equal("What you typed is not saved yet.", "What you typed is not saved yet.");
    }

    [Fact]
    public async Task Leaving_on_a_way_that_leads_back_asks_nothing_and_keeps_the_input()
    {
        var form = Show();
        Type(form, "typed");

        await form.InvokeAsync(form.Instance.KeepAsync);

        _inputs.LostAt(new Uri("http://localhost/a/northwind/activity")).Should().BeEmpty();
        _typed = "saved";
        Show();
        (_typed, _asked.Count).Should().Be(("typed", 0));
    }

    [Theory]
    [InlineData("http://localhost/a/northwind/profile?zoom=connected", false)]
    [InlineData("http://localhost/a/northwind/profile?message=other", true)]
    [InlineData("http://localhost/a/northwind/activity", true)]
    public void Input_is_lost_on_another_path_or_another_opened_item(string target, bool isLost)
    {
        Bunit.Services.GetRequiredService<NavigationManager>().NavigateTo("http://localhost/a/northwind/profile");
        Type(Show(), "typed");

        _inputs.LostAt(new Uri(target)).Should().HaveCount(isLost ? 1 : 0);
    }

    [Fact]
    public void A_changed_field_is_noticed_without_rendering_its_owner()
    {
        var form = Show(content => content.AddMarkupContent(0, "<input />"));
        _typed = "typed";

        form.Find(".editing").TriggerEvent("onedited", EventArgs.Empty);

        form.Instance.IsDirty.Should().BeTrue();
    }

    private UnsavedInputs InputsOf(string owner) =>
        new(new Drafts(new ProtectedSessionStorage(new Tab(_storage), _keys)), AskAsync) { Owner = owner };

    private Task<bool> AskAsync(string lost, CancellationToken cancellationToken)
    {
        _asked.Add(lost);
        return Task.FromResult(_leaves);
    }

    private void Type(IRenderedComponent<UnsavedChanges<string>> form, string text)
    {
        _typed = text;
        form.Render();
    }

    private IRenderedComponent<UnsavedChanges<string>> Show(RenderFragment? content = null) =>
        Bunit.Render<UnsavedChanges<string>>(form => form
        .AddCascadingValue(_inputs)
        .Add(parameters => parameters.Key, "form")
        .Add(parameters => parameters.Draft, () => _typed)
        .Add(parameters => parameters.Clean, () => _saved)
        .Add(parameters => parameters.Restore, kept => _typed = kept)
        .Add(parameters => parameters.OpenFor, ["message"])
        .Add(parameters => parameters.ChildContent, content));

    /// <summary>Answers the calls that protected session storage makes.</summary>
    private sealed class Tab(Dictionary<string, string> storage) : Microsoft.JSInterop.IJSRuntime
    {
        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            var key = (string)args![0]!;
            switch (identifier)
            {
                case "sessionStorage.setItem":
                    storage[key] = (string)args[1]!;
                    return default;
                case "sessionStorage.removeItem":
                    storage.Remove(key);
                    return default;
                case "sessionStorage.getItem":
                    return ValueTask.FromResult((TValue)(object?)storage.GetValueOrDefault(key)!);
                default:
                    throw new InvalidOperationException($"Nobody expected {identifier}.");
            }
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) =>
            InvokeAsync<TValue>(identifier, args);
    }
}
