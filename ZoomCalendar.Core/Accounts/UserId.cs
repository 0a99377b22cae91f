using System.ComponentModel;
using System.Globalization;

namespace ZoomCalendar.Core.Accounts;

/// <summary>A person who signs in. Converts from text because Identity's stores ask the type for that.</summary>
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
