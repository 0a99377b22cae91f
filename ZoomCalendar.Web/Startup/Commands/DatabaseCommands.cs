using ZoomCalendar.Core.Operations;
using ZoomCalendar.Core.Operations.DatabaseCopy;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Core.Storage.Keys;
using ZoomCalendar.Web.Connect;
using ZoomCalendar.Web.Hosting;
using ZoomCalendar.Web.Startup.Settings;

namespace ZoomCalendar.Web.Startup.Commands;

/// <summary>The commands that back up, restore, move and renew a database.</summary>
internal sealed class DatabaseCommands(CommandArguments arguments)
{
    private readonly WebApplicationBuilder _app = WebApplication.CreateBuilder(
        new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });

    private AppFolders Folders => new(_app.Configuration, _app.Environment);

    public async Task MoveAsync(ProgressPrinter printer, CancellationToken cancellationToken)
    {
        var (from, to) = (Parse(arguments["from"]), Parse(arguments["to"]));
        printer.Say($"Moving {DatabaseAddress.Name(from)} into {DatabaseAddress.Name(to)}.");
        await new DatabaseMove(printer.Report).MoveAsync(from, to, TimeProvider.System.GetUtcNow(), cancellationToken);
        printer.Say(
            $"""
             Moved: {printer.Total} rows, counted and compared.
             Now set Database:Provider and ConnectionStrings:{DatabaseOptions.ConnectionStringName} to the new database, keep DataProtection:MasterKey as it is, and start the app.
             The old database is marked as moved: the app does not start on it any more. Keep it until you are content, then delete it.
             """);
    }

    public async Task BackUpAsync(ProgressPrinter printer, CancellationToken cancellationToken)
    {
        var file = Path.GetFullPath(arguments["to"]);
        await new DatabaseBackup(printer.Report).BackUpAsync(Database(), file, cancellationToken);
        printer.Say(
            $"""
             Backed up: {printer.Total} rows in {file}.
             It holds bookers' names and addresses: keep it as safe as the database. Back up DataProtection:MasterKey too, and elsewhere: without it the backup yields no Zoom token.
             """);
    }

    public async Task RestoreAsync(ProgressPrinter printer, CancellationToken cancellationToken)
    {
        var database = Database();
        await new DatabaseBackup(printer.Report)
            .RestoreAsync(Path.GetFullPath(arguments["from"]), database, TimeProvider.System.GetUtcNow(), cancellationToken);
        printer.Say(
            $"""
             Restored: {printer.Total} rows into {DatabaseAddress.Name(database)}.
             Start the app with the same DataProtection:MasterKey as before. Meetings made in Zoom after the backup are left alone and reported. Who has used Zoom since may have to connect again.
             If the installation that was backed up still runs, run renew-installation here first.
             """);
    }

    public async Task RenewAsync(CommandConsole console, CancellationToken cancellationToken)
    {
        var database = Parse(arguments["database"]);
        await ConfirmAsync(
            $"renew-installation forgets every Zoom connection, meeting id and key in {DatabaseAddress.Name(database)}. It is "
                + "meant for a copy, not for the original.",
            console,
            cancellationToken);
        await new InstallationRenewal(database).RenewAsync(cancellationToken);
        console.Printer.Say(
            "This database is an installation of its own now. Its Zoom connections, its keys and what it knew of meetings in Zoom "
                + "are gone; the original's are untouched.");
    }

    public async Task RotateMasterKeyAsync(ProgressPrinter printer, CancellationToken cancellationToken)
    {
        var database = Database();
        var (present, next) = (ConnectSetup.MasterKeyOf(_app), MasterKeySource.LoadNew(_app.Configuration));
        var count = await new MasterKeyRotation(database).RotateAsync(present, next, cancellationToken);
        printer.Say(
            $"""
             The master key of {DatabaseAddress.Name(database)} is rotated: {count} keys are encrypted with the new one.
             Now set DataProtection:MasterKey to the new key on every node, remove DataProtection:NewMasterKey, and start the app. Nobody has to sign in or to connect Zoom again.
             Backups made before need the former key: keep it as long as you keep them.
             """);
    }

    private async Task ConfirmAsync(string what, CommandConsole console, CancellationToken cancellationToken)
    {
        if (arguments.Has("yes"))
        {
            return;
        }

        if (console.Input is null)
        {
            throw new NotConfirmedException($"{what} Nothing was changed. Add --yes if that is what you want.");
        }

        console.Printer.Say($"{what} Type yes to go on:");
        if ((await console.Input.ReadLineAsync(cancellationToken))?.Trim() is not "yes")
        {
            throw new NotConfirmedException("Nothing was changed.");
        }
    }

    private DatabaseOptions Database()
    {
        if (arguments.Find("database") is { } text)
        {
            return Parse(text);
        }

        return new SettingsCheck(_app.Configuration, _app.Environment).DatabaseProblems() is { Count: > 0 } problems
            ? throw new StartupException(problems)
            : DatabaseSetup.OptionsOf(_app.Configuration, Folders);
    }

    private DatabaseOptions Parse(string text) => DatabaseAddress.Parse(text, Folders.Resolve);
}
