using System.Collections;
using System.Reflection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Tests.Screens;

/// <summary>
/// Who may do what, asked of every use case that Core's code declares, about one sub-account's things: its user and its admin, the admin of
/// another one, an admin who was removed while a page was open, and somebody who pretends to be admin here.
/// </summary>
[Collection(nameof(ScreenTestHost))]
public sealed class UseCaseTests(ScreenTestHost screens)
{
    private static readonly string[] Everybody = ["user", "admin", "another's admin", "removed admin", "pretender"];

    [Fact]
    public async Task Every_use_case_has_an_access_rule_and_every_rule_a_use_case()
    {
        var declared =
            from type in typeof(Actor).Assembly.GetTypes()
            where type is { IsPublic: true, IsAbstract: false } && type != typeof(Actor)
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where !method.IsSpecialName
            where method.GetParameters().Any(parameter => parameter.ParameterType == typeof(Actor))
            select $"{type.Name}.{method.Name}";

        var rules = (await UseCases.OfAsync(screens)).Rules.Keys;
        declared.Except(rules).Should().BeEmpty("each use case says who may call it");
        rules.Except(declared).Should().BeEmpty("each rule is about a use case");
    }

    [Fact]
    public async Task Every_use_case_answers_each_role_by_its_rule()
    {
        List<string> wrong = [];
        var people = await PeopleAsync();
        foreach (var (name, (rule, call)) in (await UseCases.OfAsync(screens)).Rules)
        {
            foreach (var ((who, actor), expected) in Everybody.Zip(people).Zip(rule))
            {
                var answered = Verdict(await call(actor));
                if (expected != UseCases.Whatever && answered != expected && !(expected == UseCases.Denied && answered != UseCases.Yes))
                {
                    wrong.Add($"{name}, {who}: {answered} instead of {expected}");
                }
            }
        }

        wrong.Should().BeEmpty();
    }

    private async Task<Actor[]> PeopleAsync()
    {
        var (ben, ada) = (await screens.UserAsync(ScreenTestHost.Ben), await screens.UserAsync(ScreenTestHost.Ada));
        var (otto, dora) = (await screens.UserAsync(ScreenTestHost.Otto), await screens.UserAsync(ScreenTestHost.Dora));
        return
        [
            new Actor(screens.Northwind, ben, Role.User) { IsApp = true },
            new Actor(screens.Northwind, ada, Role.Admin) { IsApp = true },
            new Actor(screens.Southside, otto, Role.Admin) { IsApp = true },
            new Actor(screens.Northwind, dora, Role.Admin) { IsApp = true },
            new Actor(screens.Northwind, otto, Role.Admin) { IsApp = true },
        ];
    }

    // What is refused for another reason (a version nobody saw, an empty name) came past the question who asks.
    private static string Verdict(object? answer) => answer switch
    {
        null => UseCases.Nothing,
        string verdict => verdict,
        IOutcome outcome => Verdict(outcome.Refusal),
        BookingOutcome outcome => Verdict(outcome.Refusal),
        IEnumerable list => list.Cast<object>().Any() ? UseCases.Yes : UseCases.Nothing,
        _ => UseCases.Yes,
    };

    private static string Verdict(Refusal? refusal) => refusal switch
    {
        Refusal.Forbidden => UseCases.Forbidden,
        Refusal.NotFound => UseCases.NotFound,
        Refusal.ProofNeeded => UseCases.ProofNeeded,
        _ => UseCases.Yes,
    };
}
