using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Accounts;

/// <summary>One business, with its members, calendars and appointments.</summary>
public sealed class SubAccount
{
    public const int NameMaxLength = 100;
    public const int SlugMaxLength = 60;

    private SubAccount()
    {
    }

    public SubAccount(SubAccountId id, string name, string slug, DateTimeOffset now)
    {
        Id = id;
        Name = name;
        Slug = slug;
        CreatedAt = now;
    }

    public SubAccountId Id { get; private init; }

    public string Name { get; private set; } = "";

    /// <summary>
    /// The sub-account's segment of signed-in URLs, <c>/a/{slug}/…</c>, and of its booking pages, <c>/book/{slug}/{calendar}</c>. Unique.
    /// </summary>
    public string Slug { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private init; }

    /// <summary>Who needs a second factor here.</summary>
    public SecondFactorRule SecondFactor { get; private set; }

    /// <summary>Bookers' data are erased this many months after their appointment; null: never by itself.</summary>
    public int? BookerDataMonths { get; private set; }

    /// <summary>When the next sweep of bookers' data is due. Moved ahead by the node that sweeps.</summary>
    public DateTimeOffset? NextSweepAt { get; private set; }

    /// <summary>Null: never. The sweep is due at once.</summary>
    public void KeepBookerData(int? months) => (BookerDataMonths, NextSweepAt) = (months, null);

    public void RequireSecondFactor(SecondFactorRule rule) => SecondFactor = rule;

    public void Rename(string name) => Name = name;
}
