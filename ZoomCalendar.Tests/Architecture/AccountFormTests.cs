namespace ZoomCalendar.Tests.Architecture;

/// <summary>No account form works before it passed the limits.</summary>
public sealed class AccountFormTests
{
    private static readonly string[] HashingCalls =
    [
        "CheckPasswordAsync(", "HashPassword(", "VerifyHashedPassword(", "ChangePasswordAsync(", "ResetPasswordAsync(", "CreateAsync(user, ",
    ];

    private static readonly string[] Bounds = ["MaxLength", "StringLength", "EmailFormat"];

    [Fact]
    public void Passwords_are_hashed_only_behind_the_account_gate()
    {
        var unbounded = Sources.Of("ZoomCalendar.Web")
            .Where(file => !file.Path.Contains("/Demo/", StringComparison.Ordinal))
            .Where(file => HashingCalls.Any(call => file.Text.Contains(call, StringComparison.Ordinal)))
            .Where(file => !file.Text.Contains("gate.EnterAsync(", StringComparison.Ordinal));

        unbounded.Select(file => file.Path).Should().BeEmpty();
    }

    [Fact]
    public void Every_form_of_an_account_page_has_a_bound_for_its_text()
    {
        var unbounded =
            from file in Sources.Of("ZoomCalendar.Web")
            where file.Path.Contains("Pages/Account/", StringComparison.Ordinal) && file.Path.EndsWith(".razor", StringComparison.Ordinal)
            let lines = file.Text.Split('\n')
            from index in Enumerable.Range(1, lines.Length - 1)
            where lines[index].Contains("public string", StringComparison.Ordinal)
            where lines[index].Contains("get; set;", StringComparison.Ordinal)
            where !Bounds.Any(bound => lines[index - 1].Contains(bound, StringComparison.Ordinal))
            select $"{file.Path}: {lines[index].Trim()}";

        unbounded.Should().BeEmpty();
    }
}
