using ZoomCalendar.Core.Ids;

namespace ZoomCalendar.Core.Accounts;

/// <summary>Who somebody is by an OpenID Connect provider, whose signature was checked before.</summary>
public sealed record ProviderIdentity
{
    public const int IssuerMaxLength = 500;
    public const int SubjectMaxLength = 255;

    /// <summary>The provider's identifier, from the token.</summary>
    public required string Issuer { get; init; }

    /// <summary>The person's identifier at the provider. It never changes, while an e-mail address may.</summary>
    public required string Subject { get; init; }

    /// <summary>The person's address, if the provider says that it verified it. Null otherwise.</summary>
    public string? VerifiedEmail { get; init; }

    public string? Name { get; init; }

    /// <summary>IANA id of the browser's zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The sub-accounts of which the provider makes the person a member, by slug.</summary>
    public IReadOnlyCollection<string> SubAccounts { get; init; } = [];

    /// <summary>The role in <see cref="SubAccounts"/>.</summary>
    public Role Role { get; init; } = Role.User;

    /// <summary>Whether both identifiers can be stored.</summary>
    public bool IsStorable => Issuer.Length is > 0 and <= IssuerMaxLength && Subject.Length is > 0 and <= SubjectMaxLength;
}

/// <summary>The outcome of a sign-in by a provider.</summary>
public enum ProviderSignInResult
{
    /// <summary>The account was linked before.</summary>
    Known,

    /// <summary>The account with the same verified address was linked just now.</summary>
    Linked,

    /// <summary>A new account, a member by an invitation or by the provider's claims.</summary>
    Created,

    /// <summary>Nobody here is linked, and nothing makes the person a member.</summary>
    Unknown,

    /// <summary>The same, and the provider has no verified address of the person.</summary>
    Unverified,
}

/// <summary>Who signs in; no user after a refusal.</summary>
public sealed record ProviderSignIn(ProviderSignInResult Result, UserId? User);
