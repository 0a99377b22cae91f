using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Web;

/// <summary>A refused account form comes back with what was typed, and without the password.</summary>
public sealed class RefusedFormTests(AppHost app) : IClassFixture<AppHost>
{
    private const string Secret = "a secret of 10 letters";

    [Fact]
    public async Task A_refused_registration_keeps_everything_but_the_password()
    {
        using var visitor = app.NewVisitor();

        foreach (var (email, password) in new[] { ("no address", Secret), ("ada@demo.test", "password123") })
        {
            var refused = await visitor.PostFormAsync(
                "/account/register",
                "register",
                ("Input.Name", "Typed Name"),
                ("Input.Business", "Typed Business"),
                ("Input.Email", email),
                ("Input.Password", password));

            (await refused.TextAsync()).Should().Contain("value=\"Typed Name\"").And.Contain("value=\"Typed Business\"")
                .And.Contain($"value=\"{email}\"").And.NotContain(password);
        }
    }

    [Fact]
    public async Task A_refused_sign_in_keeps_the_address_but_not_the_password()
    {
        using var visitor = app.NewVisitor();

        var refused = await visitor.PostFormAsync(
            "/account/sign-in", "sign-in", ("Input.Email", "somebody@demo.test"), ("Input.Password", Secret));

        (await refused.TextAsync()).Should().Contain("value=\"somebody@demo.test\"").And.NotContain(Secret);
    }

    [Fact]
    public async Task A_refused_change_of_password_shows_neither_password()
    {
        using var ben = await app.SignedInAsync("ben@demo.test");

        var refused = await ben.PostFormAsync(
            "/account/change-password", "change-password", ("Input.Current", "not the present one"), ("Input.Password", Secret));

        (await refused.TextAsync()).Should().Contain("The current password is not right.").And.NotContain(Secret)
            .And.NotContain("value=\"not the present one\"");
    }

    [Fact]
    public async Task A_password_field_keeps_its_type_and_accepts_input()
    {
        using var visitor = app.NewVisitor();

        (await visitor.GetStringAsync("/account/sign-in")).Should()
            .MatchRegex("<input id=\"password\"[^>]* type=\"password\" name=\"Input.Password\"");
        (await visitor.PostFormAsync(
            "/account/sign-in",
            "sign-in",
            ("Input.Email", "ada@demo.test"),
            ("Input.Password", "Zoom-Calendar-1"))).StatusCode.Should().Be(System.Net.HttpStatusCode.Redirect);
    }
}
