using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Core.Activity;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Connections;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Operations.Feedback;
using ZoomCalendar.Core.Operations.Privacy;
using ZoomCalendar.Core.Reconciliation;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Screens;

/// <summary>
/// The use cases that take an actor, who may call each, and how a test does: with a version that nobody saw, so that little changes.
/// </summary>
internal sealed class UseCases
{
    public const string Yes = "yes";
    public const string Forbidden = "forbidden";
    public const string NotFound = "not found";
    public const string Nothing = "nothing";
    public const string ProofNeeded = "proof needed";

    /// <summary>Any refusal.</summary>
    public const string Denied = "denied";

    /// <summary>It trusts the actor, who is read afresh before each event of a page; or it is public anyway.</summary>
    public const string Whatever = "*";

    private const int Unseen = -1;

    private static readonly string[] Admins = [Forbidden, Yes, NotFound, Denied, Denied];
    private static readonly string[] AdminsSee = [Nothing, Yes, Nothing, Nothing, Nothing];
    private static readonly string[] HostAndAdmins = [Yes, Yes, NotFound, Denied, Denied];
    private static readonly string[] MembersSee = [Yes, Yes, Nothing, Nothing, Nothing];
    private static readonly string[] MembersSeeAtTheEdge = [Yes, Yes, Nothing, Whatever, Whatever];

    /// <summary>In one's own sub-account, whichever that is.</summary>
    private static readonly string[] EveryMember = [Yes, Yes, Yes, Denied, Denied];
    private static readonly string[] EveryAdmin = [Forbidden, Yes, Yes, Denied, Denied];

    private static readonly string[] EverybodyWithAnAccount = [Yes, Yes, Yes, Yes, Yes];
    private static readonly string[] EveryAdminSees = [Nothing, Yes, Yes, Nothing, Nothing];
    private static readonly string[] OwnAccount = [Whatever, Whatever, Whatever, Whatever, Whatever];

    private readonly ScreenTestHost _screens;
    private readonly CancellationToken _stop = CancellationToken.None;

    private UseCases(ScreenTestHost screens) => _screens = screens;

    public Dictionary<string, (string[] Rule, Func<Actor, Task<object?>> Call)> Rules { get; } = [];

    private static Message NewMessage() => new()
    {
        Id = Guid.NewGuid(),
        Kind = MessageKind.Account,
        Receiver = MessageReceiver.User,
        State = MessageState.Dropped,
    };

    private UserId Ada { get; set; }

    private UserId Ben { get; set; }

    private CalendarId Intro { get; set; }

    private Slot Slot { get; set; } = null!;

    private DateTimeOffset Now => _screens.Now;

    public static async Task<UseCases> OfAsync(ScreenTestHost screens)
    {
        var cases = new UseCases(screens)
        {
            Ada = await screens.UserAsync(ScreenTestHost.Ada),
            Ben = await screens.UserAsync(ScreenTestHost.Ben),
            Intro = await screens.CalendarAsync("intro-call"),
            Slot = await screens.ReadAsync(async db => (await db.Appointments.SingleAsync(row => row.Id == screens.Booked)).Slot),
        };
        cases.OfPeople();
        cases.OfOwnPasskeys();
        cases.OfCalendars();
        cases.OfAppointments();
        cases.OfReading();
        await cases.OfSmallThingsAsync();
        return cases;
    }

    private void OfPeople()
    {
        Add<TeamReader>(
            nameof(TeamReader.PageAsync),
            AdminsSee,
            async (team, actor) => (await team.PageAsync(0, 100, actor, Now, _stop)).Members.Where(row => row.UserId == Ada));
        Add<TeamReader>(nameof(TeamReader.FindAsync), AdminsSee, async (team, actor) => await team.FindAsync(Ada, actor, Now, _stop));
        Add<Team>(
            nameof(Team.ChangeRoleAsync),
            Admins,
            async (team, actor) => await team.ChangeRoleAsync(Ada, Unseen, Role.User, actor, Now, _stop));
        Add<TeamReader>(
            nameof(TeamReader.PreviewRemovalAsync),
            AdminsSee,
            async (team, actor) => await team.PreviewRemovalAsync(Ada, actor, Now, _stop));
        Add<Team>(nameof(Team.RemoveAsync), Admins, async (team, actor) => await team.RemoveAsync(Ada, Unseen, false, actor, Now, _stop));
        Add<Invitations>(nameof(Invitations.InviteAsync), EveryAdmin, async (invitations, actor) => await invitations.InviteAsync(
            "one@example.test", Role.User, _ => NewMessage(), actor, Now, _stop));
        Add<Invitations>(
            nameof(Invitations.ListAsync),
            AdminsSee,
            async (invitations, actor) => (await invitations.ListAsync(actor, Now, _stop)).Where(row => row.Email == "new@example.test"));
        Add<Invitations>(
            nameof(Invitations.WithdrawAsync),
            [Forbidden, NotFound, NotFound, Denied, Denied],
            async (invitations, actor) => await invitations.WithdrawAsync(Guid.NewGuid(), actor, Now, _stop));
        Add<DefaultLocations>(
            nameof(DefaultLocations.FindAsync), AdminsSee, async (defaults, actor) => await defaults.FindAsync(Ada, actor, _stop));
        Add<DefaultLocations>(
            nameof(DefaultLocations.PreviewAsync), AdminsSee, async (defaults, actor) => await defaults.PreviewAsync(Ada, actor, _stop));
        Add<DefaultLocations>(nameof(DefaultLocations.SaveAsync), Admins, async (defaults, actor) =>
            await defaults.SaveAsync(new SaveDefaultLocation(Ada, Unseen, MeetingLocation.AskTheBooker, false), actor, Now, _stop));
        Add<UserAvailability>(
            nameof(UserAvailability.FindAsync), EveryMember, async (hours, actor) => await hours.FindAsync(actor, Now, _stop));
        Add<UserAvailability>(nameof(UserAvailability.SaveAsync), EveryMember, async (hours, actor) =>
            await hours.SaveAsync(
                "unseen", Core.Scheduling.AvailabilityJson.Serialize(Core.Scheduling.Availability.Always("Etc/UTC")), actor, _stop));
        Add<UserAvailability>(
            nameof(UserAvailability.BlockAsync),
            EveryMember,
            async (hours, actor) => await hours.BlockAsync("", Now, Now, actor, Now, _stop));
    }

    // About the actor's own account, whatever the role: nobody can name somebody else's.
    private void OfOwnPasskeys()
    {
        Add<Passkeys>(nameof(Passkeys.AddAsync), EverybodyWithAnAccount, async (passkeys, actor) => await passkeys.AddAsync(
            new UserPasskeyInfo([1], [1], Now, 0, null, true, false, false, [], []), "", NewMessage(), actor, Now, _stop));
        Add<Passkeys>(
            nameof(Passkeys.RenameAsync),
            EverybodyWithAnAccount,
            async (passkeys, actor) => await passkeys.RenameAsync([1], "", actor, _stop));
        Add<Passkeys>(
            nameof(Passkeys.RemoveAsync),
            OwnAccount,
            async (passkeys, actor) => await passkeys.RemoveAsync([1], NewMessage(), actor, Now, _stop));
        Add<ProviderAccounts>(nameof(ProviderAccounts.LinkAsync), OwnAccount, async (accounts, actor) => await accounts.LinkAsync(
            new ProviderIdentity { Issuer = "nobody", Subject = "" },
            NewMessage(),
            actor with { SessionId = null },
            Now,
            _stop));
        Add<ProviderAccounts>(
            nameof(ProviderAccounts.UnlinkAsync),
            OwnAccount,
            async (accounts, actor) => await accounts.UnlinkAsync(NewMessage(), actor with { UserId = UserId.New(Now) }, Now, _stop));
    }

    private void OfCalendars()
    {
        Add<CalendarQueries>(
            nameof(CalendarQueries.ListAsync),
            MembersSee,
            async (calendars, actor) => (await calendars.ListAsync(actor, _stop)).Where(row => row.Id == Intro));
        Add<CalendarQueries>(
            nameof(CalendarQueries.HostedAsync),
            [Yes, Nothing, Nothing, Nothing, Nothing],
            async (calendars, actor) => (await calendars.HostedAsync(actor, _stop)).Where(row => row.Id == Intro));
        Add<CalendarQueries>(nameof(CalendarQueries.FindAsync), [Yes, Yes, NotFound, Denied, Denied], async (calendars, actor) =>
            (await calendars.FindAsync(Intro, actor, Now, _stop))
                .Refusal switch
            { null => Yes, Refusal.NotFound => NotFound, _ => Forbidden });
        Add<CalendarQueries>(
            nameof(CalendarQueries.ChoicesAsync),
            AdminsSee,
            async (calendars, actor) => (await calendars.ChoicesAsync(actor, _stop)).Where(row => row.UserId == Ada));
        Add<CalendarSettings>(nameof(CalendarSettings.CreateAsync), EveryAdmin, async (settings, actor) =>
            (await settings.CreateAsync(
                new CreateCalendar { Name = "", Slug = "", Type = CalendarType.Personal, TimeZone = "Etc/UTC" },
                actor,
                Now,
                _stop)).Outcome);
        Add<CalendarSettings>(nameof(CalendarSettings.EditAsync), Admins, async (settings, actor) =>
            await settings.EditAsync(new EditCalendar(Intro, Unseen) { Name = "x", Slug = "x", TimeZone = "Etc/UTC" }, actor, Now, _stop));
        Add<CalendarSettings>(nameof(CalendarSettings.SaveRulesAsync), Admins, async (settings, actor) => await settings.SaveRulesAsync(
            new EditRules(Intro, Unseen, new BookingRules(), null), actor, Now, _stop));
        Add<CalendarSettings>(nameof(CalendarSettings.SaveMeetingSettingsAsync), Admins, async (settings, actor) =>
            await settings.SaveMeetingSettingsAsync(new EditMeetingSettings(Intro, Unseen, new MeetingSettings()), actor, Now, _stop));
        Add<CalendarSettings>(
            nameof(CalendarSettings.ArchiveAsync),
            Admins,
            async (settings, actor) => await settings.ArchiveAsync(Intro, Unseen, actor, Now, _stop));
        Add<CalendarSettings>(
            nameof(CalendarSettings.RestoreAsync),
            Admins,
            async (settings, actor) => await settings.RestoreAsync(Intro, Unseen, actor, Now, _stop));
        Add<CalendarSettings>(
            nameof(CalendarSettings.UpgradeAsync),
            Admins,
            async (settings, actor) => await settings.UpgradeAsync(Intro, Unseen, actor, Now, _stop));
        Add<CalendarTeam>(
            nameof(CalendarTeam.AddAsync), Admins, async (team, actor) => await team.AddAsync(Intro, Unseen, Ada, actor, Now, _stop));
        Add<CalendarTeam>(
            nameof(CalendarTeam.RemoveAsync), Admins, async (team, actor) => await team.RemoveAsync(Intro, Unseen, Ben, actor, Now, _stop));
        Add<CalendarTeam>(
            nameof(CalendarTeam.MakePrimaryOwnerAsync),
            Admins,
            async (team, actor) => await team.MakePrimaryOwnerAsync(Intro, Unseen, Ben, actor, Now, _stop));
        Add<CalendarTeam>(
            nameof(CalendarTeam.SetPriorityAsync),
            Admins,
            async (team, actor) => await team.SetPriorityAsync(Intro, Unseen, Ben, 1, actor, Now, _stop));
        // Ben's own location there.
        Add<CalendarTeam>(
            nameof(CalendarTeam.ChangeLocationAsync),
            HostAndAdmins,
            async (team, actor) => await team.ChangeLocationAsync(Intro, Unseen, Ben, MeetingLocation.AskTheBooker, actor, Now, _stop));
        Add<CalendarWriter>(
            nameof(CalendarWriter.CreateAsync),
            EveryAdmin,
            async (writer, actor) => await writer.CreateAsync(CalendarId.New(Now), new CalendarPatch(), actor, Now, _stop));
        Add<CalendarWriter>(
            nameof(CalendarWriter.UpdateAsync),
            Admins,
            async (writer, actor) => await writer.UpdateAsync(Intro, Unseen, new CalendarPatch(), actor, Now, _stop));
        Add<CalendarWriter>(
            nameof(CalendarWriter.DeleteAsync),
            Admins,
            async (writer, actor) => await writer.DeleteAsync(Intro, Unseen, actor, Now, _stop));
    }

    private void OfAppointments()
    {
        var booked = _screens.Booked;
        Add<AppointmentBook>(nameof(AppointmentBook.BookAsync), HostAndAdmins, async (book, actor) =>
            await book.BookAsync(new BookRequest
            {
                CalendarId = Intro,
                HostId = Ben,
                Start = Now.AddDays(-1),
                Booker = new Booker { Name = "Jo" },
            }, actor, Now, _stop));
        Add<AppointmentBook>(nameof(AppointmentBook.EditAsync), HostAndAdmins, async (book, actor) =>
            await book.EditAsync(new EditRequest(booked, Unseen) { Title = "x", Booker = new Booker { Name = "Jo" } }, actor, Now, _stop));
        Add<AppointmentBook>(
            nameof(AppointmentBook.MoveAsync),
            HostAndAdmins,
            async (book, actor) => await book.MoveAsync(new MoveRequest(booked, Unseen, Now.AddDays(2)), actor, Now, _stop));
        Add<AppointmentBook>(
            nameof(AppointmentBook.ChangeAsync),
            HostAndAdmins,
            async (book, actor) => await book.ChangeAsync(new ChangeRequest(booked, Unseen), actor, Now, _stop));
        Add<AppointmentBook>(
            nameof(AppointmentBook.CancelAsync),
            HostAndAdmins,
            async (book, actor) => await book.CancelAsync(booked, Unseen, actor, Now, _stop));
        Add<AppointmentBook>(
            nameof(AppointmentBook.DeleteAsync),
            HostAndAdmins,
            async (book, actor) => await book.DeleteAsync(await _screens.BookOneAsync(), actor, Now, _stop));
        Add<AppointmentBook>(
            nameof(AppointmentBook.SetStatusAsync),
            HostAndAdmins,
            async (book, actor) => await book.SetStatusAsync(booked, Unseen, AppointmentStatus.Showed, actor, Now, _stop));
        Add<AppointmentBook>(
            nameof(AppointmentBook.SwitchLocationAsync),
            HostAndAdmins,
            async (book, actor) => await book.SwitchLocationAsync(booked, Unseen, actor, Now, _stop));
        Add<AppointmentBook>(
            nameof(AppointmentBook.MoveSlotAsync),
            HostAndAdmins,
            async (book, actor) => await book.MoveSlotAsync(Slot, Now.AddDays(-1), actor, Now, _stop));
        Add<AppointmentBook>(
            nameof(AppointmentBook.CancelSlotAsync),
            HostAndAdmins,
            async (book, actor) => await book.CancelSlotAsync(await FreshSlotAsync(), actor, Now, _stop));
        Add<AppointmentBook>(
            nameof(AppointmentBook.ReassignAsync), Admins, async (book, actor) => await book.ReassignAsync([], Ada, actor, Now, _stop));
        Add<AppointmentBook>(
            nameof(AppointmentBook.PreviewReassignAsync),
            AdminsSee,
            async (book, actor) => await book.PreviewReassignAsync([], Ada, actor, Now, _stop));
        Add<AppointmentBook>(
            nameof(AppointmentBook.SendConfirmationAgainAsync),
            HostAndAdmins,
            async (book, actor) => await book.SendConfirmationAgainAsync(booked, actor, Now, _stop));
        Add<LinkRenewal>(
            nameof(LinkRenewal.RequestAsync), HostAndAdmins, async (links, actor) => await links.RequestAsync(booked, actor, Now, _stop));
        // Nobody starts a meeting for somebody else, not even an admin.
        Add<StartLinkFetcher>(nameof(StartLinkFetcher.FetchAsync), [Yes, Forbidden, NotFound, Denied, Denied], async (links, actor) =>
            (await links.FetchAsync(booked, actor, Now, _stop))
                .Outcome switch
            { StartOutcome.NotFound => NotFound, StartOutcome.NotTheHost => Forbidden, _ => Yes });
    }

    private void OfReading()
    {
        var (booked, week) = (_screens.Booked, TimeSpan.FromDays(30));
        Add<ScheduleReader>(nameof(ScheduleReader.RangeAsync), MembersSeeAtTheEdge, async (reader, actor) =>
            (await reader.RangeAsync(actor, Now, Now + week, new ScheduleFilter(), _stop)).Appointments.Where(card => card.Id == booked));
        Add<ScheduleReader>(nameof(ScheduleReader.SearchAsync), MembersSeeAtTheEdge, async (reader, actor) =>
            (await reader.SearchAsync(actor, new ScheduleFilter { Search = "a" }, _stop)).Upcoming.Where(card => card.Id == booked));
        Add<ScheduleReader>(
            nameof(ScheduleReader.DetailsAsync),
            MembersSeeAtTheEdge,
            async (reader, actor) => await reader.DetailsAsync(actor, booked, _stop));
        Add<ScheduleReader>(
            nameof(ScheduleReader.DirectoryAsync),
            MembersSeeAtTheEdge,
            async (reader, actor) => (await reader.DirectoryAsync(actor, _stop)).Calendars.Where(row => row.Id == Intro));
        Add<ScheduleReader>(nameof(ScheduleReader.HealthAsync), MembersSeeAtTheEdge, async (reader, actor) =>
            await reader.HealthAsync(actor, _stop) is { Ready: 0, Problems.Count: 0 } ? null : Yes);
        Add<LinkForecaster>(
            nameof(LinkForecaster.OfCancelAsync), MembersSee, async (links, actor) => await links.OfCancelAsync(booked, actor, Now, _stop));
        Add<LinkForecaster>(
            nameof(LinkForecaster.OfMoveAsync),
            MembersSee,
            async (links, actor) => await links.OfMoveAsync(new MoveRequest(booked, null, Now.AddDays(50)), actor, Now, _stop));
        Add<LinkForecaster>(
            nameof(LinkForecaster.OfSwitchLocationAsync),
            MembersSee,
            async (links, actor) => await links.OfSwitchLocationAsync(booked, actor, Now, _stop));
        // About a slot of a card that the actor was shown; the verb itself asks who may.
        Add<LinkForecaster>(
            nameof(LinkForecaster.OfCancelSlotAsync), [Yes, Yes, Whatever, Whatever, Whatever], (_, _) => Task.FromResult<object?>(Yes));
        Add<LinkForecaster>(
            nameof(LinkForecaster.OfMoveSlotAsync), [Yes, Yes, Whatever, Whatever, Whatever], (_, _) => Task.FromResult<object?>(Yes));
        Add<SetUpProgressReader>(
            nameof(SetUpProgressReader.ReadAsync),
            [Nothing, Yes, Yes, Nothing, Nothing],
            async (reader, actor) => await reader.ReadAsync(actor, _stop) is { } progress ? new[] { progress } : []);
        Add<UpcomingAppointmentsReader>(
            nameof(UpcomingAppointmentsReader.PageAsync),
            AdminsSee,
            async (reader, actor) => (await reader.PageAsync(Ben, 0, 20, actor, Now, _stop)).Appointments);
        Add<UpcomingAppointmentsReader>(
            nameof(UpcomingAppointmentsReader.IdsAsync),
            AdminsSee,
            async (reader, actor) => await reader.IdsAsync(Ben, actor, Now, _stop));
        // The public booking page shows free times to everybody.
        Add<FreeSlotFinder>(
            nameof(FreeSlotFinder.FindAsync),
            MembersSeeAtTheEdge,
            async (finder, actor) => await finder.FindAsync(Intro, Now, Now + week, null, actor, Now, _stop));
        Add<FreeSlotFinder>(
            nameof(FreeSlotFinder.ListAsync),
            MembersSeeAtTheEdge,
            async (finder, actor) => (await finder.ListAsync(Intro, Now, Now + week, null, actor, Now, _stop)).Free);
        Add<FreeSlotFinder>(
            nameof(FreeSlotFinder.NearestAsync),
            MembersSeeAtTheEdge,
            async (finder, actor) => await finder.NearestAsync(Intro, Now.AddDays(3), null, 3, actor, Now, _stop));
        Add<FreeSlotFinder>(
            nameof(FreeSlotFinder.FindForMoveAsync),
            MembersSeeAtTheEdge,
            async (finder, actor) => await finder.FindForMoveAsync(new PlannedMove(booked), Now, Now + week, actor, Now, _stop));
        Add<FreeSlotFinder>(
            nameof(FreeSlotFinder.NearestForMoveAsync),
            MembersSeeAtTheEdge,
            async (finder, actor) => await finder.NearestForMoveAsync(new PlannedMove(booked), Now.AddDays(3), 3, actor, Now, _stop));
        Add<FreeSlotFinder>(
            nameof(FreeSlotFinder.WhyNotAsync),
            MembersSeeAtTheEdge,
            async (finder, actor) => await finder.WhyNotAsync(Intro, Now.AddDays(-1), null, actor, Now, _stop));
        Add<ActivityReader>(
            nameof(ActivityReader.ReadAsync),
            MembersSee,
            async (activity, actor) => (await activity.ReadAsync(new ActivityQuery { AppointmentId = booked }, actor, _stop)).Entries);
    }

    private async Task OfSmallThingsAsync()
    {
        Add<AuditReader>(
            nameof(AuditReader.ReadAsync),
            EveryAdminSees,
            async (log, actor) => (await log.ReadAsync(new AuditQuery(), actor, _stop)).Lines);
        Add<BookerDataReader>(
            nameof(BookerDataReader.FindAsync),
            EveryAdmin,
            async (data, actor) => await data.FindAsync("no@example.test", actor, Now, _stop));
        Add<BookerDataReader>(
            nameof(BookerDataReader.ExportAsync),
            EveryAdmin,
            async (data, actor) => await data.ExportAsync("no@example.test", actor, Now, _stop));
        Add<BookerErasure>(
            nameof(BookerErasure.EraseAsync),
            EveryAdmin,
            async (data, actor) => await data.EraseAsync("no@example.test", actor, Now, _stop));
        Add<RetentionSettings>(
            nameof(RetentionSettings.FindAsync), EveryAdminSees, async (settings, actor) => await settings.FindAsync(actor, _stop));
        Add<RetentionSettings>(
            nameof(RetentionSettings.SaveAsync),
            EveryAdmin,
            async (settings, actor) => await settings.SaveAsync(null, actor, Now, _stop));
        Add<SecondFactorSettings>(
            nameof(SecondFactorSettings.FindAsync), EveryAdminSees, async (settings, actor) => await settings.FindAsync(actor, _stop));
        Add<SecondFactorSettings>(
            nameof(SecondFactorSettings.SaveAsync),
            EveryAdmin,
            async (settings, actor) => await settings.SaveAsync(SecondFactorRule.Nobody, actor, Now, _stop));
        // For bookers: the personal link or the page was checked at the edge.
        Add<WaitingList>(nameof(WaitingList.JoinAsync), [Whatever, Whatever, NotFound, Whatever, Whatever], async (waiting, actor) =>
            Of(
                (await waiting.JoinAsync(new JoinRequest(
                    WaitingId.New(Now),
                    Intro,
                    Now.AddDays(-1))
                { Booker = new Booker { Name = "Jo", Email = "jo@example.test" } }, actor, Now, _stop)).Refusal));
        Add<WaitingList>(nameof(WaitingList.RemoveAsync), [NotFound, NotFound, NotFound, Denied, Denied], async (waiting, actor) =>
            Of((await waiting.RemoveAsync(WaitingId.New(Now), actor, Now, _stop)).Refusal));
        UserId lost;
        await using (var db = await _screens.App.OpenDatabaseAsync())
        {
            lost = await db.Memberships.Where(row => row.SubAccountId == _screens.Northwind
                && !db.Set<Connection>().Any(each => each.SubAccountId == row.SubAccountId && each.UserId == row.UserId))
                .Select(row => row.UserId).FirstAsync();
            db.Events.Add(new Event { At = Now, SubAccountId = _screens.Northwind, Kind = EventKind.ConnectionEnded, UserId = lost });
            await db.SaveChangesAsync();
        }

        Add<ConnectionProblemReader>(
            nameof(ConnectionProblemReader.ReadAsync),
            AdminsSee,
            async (troubles, actor) => (await troubles.ReadAsync(actor, Now, _stop)).Keys.Where(user => user == lost));
        var (answer, token, block) = (Guid.NewGuid(), await TokenAsync(), Guid.NewGuid());
        await using (var db = await _screens.App.OpenDatabaseAsync())
        {
            db.ArticleFeedback.Add(new ArticleFeedback
            {
                Id = answer,
                SubAccountId = _screens.Northwind,
                UserId = Ada,
                Article = "zoom",
                IsHelpful = false,
                At = Now,
            });
            db.BlockedTimes.Add(new BlockedTime
            {
                Id = block,
                SubAccountId = _screens.Northwind,
                UserId = Ben,
                Start = Now.AddDays(40),
                End = Now.AddDays(41),
            });
            db.Events.Add(new Event { At = Now, SubAccountId = _screens.Northwind, Kind = EventKind.QuotaNear, UserId = Ben });
            await db.SaveChangesAsync();
        }

        Add<UserAvailability>(
            nameof(UserAvailability.UnblockAsync),
            [Yes, NotFound, NotFound, Denied, Denied],
            async (hours, actor) => await hours.UnblockAsync(block, actor, _stop));
        Add<MessageTemplateStore>(
            nameof(MessageTemplateStore.ListAsync),
            [Nothing, Yes, Yes, Nothing, Nothing],
            async (templates, actor) => await templates.ListAsync(actor, _stop));
        Add<MessageTemplateStore>(nameof(MessageTemplateStore.SaveAsync), EveryAdmin, async (templates, actor) =>
            await templates.SaveAsync(
                new TemplateText(MessageKind.Reminder, MessageReceiver.Booker, "x", "x", true, Unseen), actor, Now, _stop));
        Add<MessageTemplateStore>(nameof(MessageTemplateStore.ResetAsync), EveryAdmin, async (templates, actor) =>
            await templates.ResetAsync(
                new TemplateText(MessageKind.Reminder, MessageReceiver.Booker, "x", "x", true, Unseen), actor, Now, _stop));
        Add<NoticeReader>(
            nameof(NoticeReader.ReadAsync), MembersSee, async (notices, actor) => (await notices.ReadAsync(actor, Now, _stop)).Entries);
        Add<NoticeReader>(nameof(NoticeReader.MarkReadAsync), MembersSee, async (notices, actor) =>
        {
            await notices.MarkReadAsync(1, actor, _stop);
            return await _screens.ReadAsync(db => db.Memberships
                .Where(row => row.SubAccountId == _screens.Northwind && row.UserId == actor.UserId && row.NoticesReadUpTo > 0)
                .ToListAsync(_stop));
        });
        Add<FeedbackService>(
            nameof(FeedbackService.AnswerAsync),
            EveryMember,
            async (feedback, actor) => await feedback.AnswerAsync("other", true, actor, Now, _stop));
        // It is Ada's answer.
        Add<FeedbackService>(
            nameof(FeedbackService.ExplainAsync),
            [NotFound, Yes, NotFound, Denied, Denied],
            async (feedback, actor) => await feedback.ExplainAsync(answer, "Words", actor, _stop) is null ? Yes : NotFound);
        Add<FeedbackService>(
            nameof(FeedbackService.ReadAsync), AdminsSee, async (feedback, actor) => await feedback.ReadAsync("zoom", actor, _stop));
        Add<PrivateTokens>(
            nameof(PrivateTokens.PageAsync),
            AdminsSee,
            async (tokens, actor) => (await tokens.PageAsync(0, 20, actor, _stop)).Tokens);
        Add<PrivateTokens>(nameof(PrivateTokens.CreateAsync), EveryAdmin, async (tokens, actor) =>
            await tokens.CreateAsync("x", [TokenScopes.All[0].Name], null, actor, Now, _stop));
        Add<PrivateTokens>(
            nameof(PrivateTokens.RevokeAsync),
            [Denied, Yes, Denied, Denied, Denied],
            async (tokens, actor) => await tokens.RevokeAsync(token, actor, Now, _stop));
        // Each is about the actor's own sessions. Nobody's, so that no other test loses one.
        Add<Sessions>(
            nameof(Sessions.SignOutAsync),
            [Whatever, Whatever, Whatever, Whatever, Whatever],
            async (sessions, actor) => await sessions.SignOutAsync(SessionId.New(Now), actor, Now, _stop));
        Add<Sessions>(
            nameof(Sessions.CheckProofAsync),
            [Whatever, Whatever, Whatever, Whatever, Whatever],
            async (sessions, actor) => await sessions.CheckProofAsync(actor, Now, _stop));
        Add<Sessions>(
            nameof(Sessions.SignOutOthersAsync),
            [Whatever, Whatever, Whatever, Whatever, Whatever],
            async (sessions, actor) => await sessions.SignOutOthersAsync(actor with { UserId = UserId.New(Now) }, Now, _stop));
    }

    private async Task<PrivateTokenId> TokenAsync()
    {
        var ada = new Actor(_screens.Northwind, Ada, Role.Admin) { IsApp = true };
        var tokens = _screens.App.Services.GetRequiredService<PrivateTokens>();
        await tokens.CreateAsync("Ada's", [TokenScopes.All[0].Name], null, ada, Now, _stop);
        return (await tokens.PageAsync(0, 1, ada, _stop)).Tokens[0].Id;
    }

    private static string Of(Refusal? refusal) => refusal switch { Refusal.NotFound => NotFound, Refusal.Forbidden => Forbidden, _ => Yes };

    private async Task<Slot> FreshSlotAsync()
    {
        var id = await _screens.BookOneAsync();
        return await _screens.ReadAsync(async db => (await db.Appointments.SingleAsync(row => row.Id == id)).Slot);
    }

    private void Add<T>(string method, string[] rule, Func<T, Actor, Task<object?>> call)
        where T : notnull =>
            Rules.Add($"{typeof(T).Name}.{method}", (rule, actor => call(_screens.App.Services.GetRequiredService<T>(), actor)));
}
