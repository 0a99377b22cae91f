using System.ComponentModel;
using System.Globalization;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Core.Ids;

/// <summary>One business.</summary>
public readonly record struct SubAccountId(Guid Value) : ITypedId<SubAccountId>
{
    public static SubAccountId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static SubAccountId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A person who signs in. It has a type converter because Identity's stores need one.</summary>
[TypeConverter(typeof(UserIdTypeConverter))]
public readonly record struct UserId(Guid Value) : ITypedId<UserId>
{
    public static UserId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static UserId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

internal sealed class UserIdTypeConverter : TypeConverter
{
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

    public override object? ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        Guid.TryParse(value as string, out var id) ? new UserId(id) : default;
}

/// <summary>A bookable calendar of one sub-account.</summary>
public readonly record struct CalendarId(Guid Value) : ITypedId<CalendarId>
{
    public static CalendarId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static CalendarId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A booking of a time slot by a booker.</summary>
public readonly record struct AppointmentId(Guid Value) : ITypedId<AppointmentId>, IComparable<AppointmentId>
{
    public static AppointmentId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static AppointmentId From(Guid value) => new(value);

    public int CompareTo(AppointmentId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();
}

/// <summary>The Zoom meeting of a time slot. It is part of the marker in the meeting's agenda.</summary>
public readonly record struct SlotMeetingId(Guid Value) : ITypedId<SlotMeetingId>
{
    public static SlotMeetingId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static SlotMeetingId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>An entry of a waiting list for a full slot.</summary>
public readonly record struct WaitingId(Guid Value) : ITypedId<WaitingId>
{
    public static WaitingId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static WaitingId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A booker that was created through the API.</summary>
public readonly record struct ContactId(Guid Value) : ITypedId<ContactId>, IComparable<ContactId>
{
    public static ContactId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static ContactId From(Guid value) => new(value);

    public int CompareTo(ContactId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();
}

/// <summary>An outgoing webhook.</summary>
public readonly record struct WebhookId(Guid Value) : ITypedId<WebhookId>
{
    public static WebhookId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static WebhookId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>One token of the HTTP API.</summary>
public readonly record struct PrivateTokenId(Guid Value) : ITypedId<PrivateTokenId>
{
    public static PrivateTokenId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static PrivateTokenId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>One sign-in on one device.</summary>
public readonly record struct SessionId(Guid Value) : ITypedId<SessionId>
{
    public static SessionId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public static SessionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
