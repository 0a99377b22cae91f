using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ZoomCalendar.Core.Storage;

internal sealed class TypedIdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => Make(value))
    where TId : struct, ITypedId<TId>
{
    // An expression tree cannot call a static abstract member.
    private static TId Make(Guid value) => TId.From(value);
}
