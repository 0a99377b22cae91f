namespace ZoomCalendar.Web.Hosting;

/// <summary>How many connections may stay open at the same time, in each process.</summary>
internal sealed record ConnectionLimits
{
    public const string SectionName = "Connections";

    /// <summary>When to try again after a refusal.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);

    /// <summary>The event streams of booking pages that one network address may hold open.</summary>
    public int StreamsPerAddress { get; init; } = 200;

    /// <summary>The pages behind sign-in that one network address may hold open. A page keeps about 350 kB in memory.</summary>
    public int PagesPerAddress { get; init; } = 3_000;

    /// <summary>The pages that one user may hold open.</summary>
    public int PagesPerUser { get; init; } = 1_000;

    public ConnectionCount StreamsOf(HttpContext context) => new($"streams {VisitorAddress.Of(context)}", StreamsPerAddress);

    public ConnectionCount PagesOf(HttpContext context) => new($"pages {VisitorAddress.Of(context)}", PagesPerAddress);

    public ConnectionCount PagesOf(Core.Ids.UserId user) => new($"pages of {user.Value:N}", PagesPerUser);

    /// <summary>Tells the caller when to try again.</summary>
    public static void Refuse(HttpResponse response, int status)
    {
        response.StatusCode = status;
        response.Headers.RetryAfter = $"{(int)Wait.TotalSeconds}";
    }
}
