using System.Text.Json;

namespace ZoomCalendar.Core.Zoom;

/// <summary>The Zoom user a token belongs to.</summary>
public sealed record ZoomUser(string Id)
{
    public const int IdMaxLength = 100;
    public const int AccountIdMaxLength = 100;
    public const int EmailMaxLength = 254;
    public const int DisplayNameMaxLength = 200;

    public string? AccountId { get; init; }

    public string? Email { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>1 Basic, 2 Licensed.</summary>
    public int? Type { get; init; }

    public string? TimeZone { get; init; }

    public string? Status { get; init; }

    public override string ToString() => $"{nameof(ZoomUser)} {{ {Id} }}";

    internal static ZoomUser? Read(JsonElement body) => body.ExactText("id", IdMaxLength) is not { Length: > 0 } id ? null : new(id)
    {
        AccountId = body.ExactText("account_id", AccountIdMaxLength),
        Email = body.ExactText("email", EmailMaxLength),
        DisplayName = NameIn(body),
        Type = body.Int32("type"),
        TimeZone = body.ShortText("timezone", DisplayNameMaxLength),
        Status = body.ShortText("status", DisplayNameMaxLength),
    };

    private static string? NameIn(JsonElement body)
    {
        var name = body.Text("display_name") is { Length: > 0 } whole
            ? whole
            : $"{body.Text("first_name")} {body.Text("last_name")}".Trim();

        return name.Length > 0 ? ZoomText.Cut(name, DisplayNameMaxLength) : null;
    }
}
