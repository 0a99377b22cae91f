using Microsoft.Extensions.DependencyInjection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Tests.Screens;

/// <summary>For each use case: whether it needs a fresh proof of who acts. A new use case needs an entry here.</summary>
[Collection(nameof(ScreenTestHost))]
public sealed class FreshProofOfUseCasesTests(ScreenTestHost screens)
{
    private static readonly string[] WithProof =
    [
        "Team.ChangeRoleAsync",
        "Team.RemoveAsync",
        "PrivateTokens.CreateAsync",
        "PrivateTokens.RevokeAsync",
        "Passkeys.AddAsync",
        "Passkeys.RemoveAsync",
        "ProviderAccounts.LinkAsync",
        "ProviderAccounts.UnlinkAsync",
        "Sessions.CheckProofAsync",
        "Sessions.SignOutAsync",
        "Sessions.SignOutOthersAsync",
        "BookerDataReader.FindAsync",
        "BookerDataReader.ExportAsync",
        "BookerErasure.EraseAsync",
        "RetentionSettings.SaveAsync",
        "SecondFactorSettings.SaveAsync",
    ];

    /// <summary>Everyday work, and reading. Invitations.Invite needs a proof for an admin, see below.</summary>
    private static readonly Dictionary<string, string> WithoutProof = new()
    {
        ["Passkeys"] = "Rename",
        ["TeamReader"] = "Page Find PreviewRemoval",
        ["Invitations"] = "Invite List Withdraw",
        ["DefaultLocations"] = "Find Preview Save",
        ["UserAvailability"] = "Find Save Block Unblock",
        ["CalendarQueries"] = "List Hosted Find Choices",
        ["CalendarSettings"] = "Create Edit SaveRules SaveMeetingSettings Archive Restore Upgrade",
        ["CalendarTeam"] = "Add Remove MakePrimaryOwner SetPriority ChangeLocation",
        ["CalendarWriter"] = "Create Update Delete",
        ["AppointmentBook"] = "Book Edit Move Change Cancel Delete "
            + "SetStatus SwitchLocation MoveSlot CancelSlot Reassign PreviewReassign SendConfirmationAgain",
        ["LinkRenewal"] = "Request",
        ["StartLinkFetcher"] = "Fetch",
        ["ScheduleReader"] = "Range Search Details Directory Health",
        ["LinkForecaster"] = "OfCancel OfMove OfSwitchLocation OfCancelSlot OfMoveSlot",
        ["SetUpProgressReader"] = "Read",
        ["UpcomingAppointmentsReader"] = "Page Ids",
        ["FreeSlotFinder"] = "Find List Nearest FindForMove NearestForMove WhyNot",
        ["ActivityReader"] = "Read",
        ["WaitingList"] = "Join Remove",
        ["ConnectionProblemReader"] = "Read",
        ["MessageTemplateStore"] = "List Save Reset",
        ["NoticeReader"] = "Read MarkRead",
        ["FeedbackService"] = "Answer Explain Read",
        ["PrivateTokens"] = "Page",
        ["AuditReader"] = "Read",
        ["RetentionSettings"] = "Find",
        ["SecondFactorSettings"] = "Find",
    };

    private static IEnumerable<string> Free =>
        WithoutProof.SelectMany(entry => entry.Value.Split(' ').Select(method => $"{entry.Key}.{method}Async"));

    [Fact]
    public async Task Every_use_case_says_whether_it_needs_a_fresh_proof() =>
        (await UseCases.OfAsync(screens)).Rules.Keys.Should().BeEquivalentTo([.. WithProof, .. Free]);

    [Fact]
    public async Task Without_a_fresh_proof_exactly_these_use_cases_are_refused()
    {
        var (ada, now, none) = (await screens.UserAsync(ScreenTestHost.Ada), screens.Now, CancellationToken.None);
        var sessions = screens.App.Services.GetRequiredService<Sessions>();
        var old = await sessions.StartAsync(ada, "", "", false, now - FreshProof.Lifetime, none, SignInProof.TwoFactors);
        var admin = new Actor(screens.Northwind, ada, Role.Admin) { SessionId = old };
        List<string> refused = [];

        foreach (var (name, (_, call)) in (await UseCases.OfAsync(screens)).Rules)
        {
            if (await call(admin) is IOutcome { Refusal: Refusal.ProofNeeded })
            {
                refused.Add(name);
            }
        }

        refused.Should().BeEquivalentTo(WithProof);
    }
}
