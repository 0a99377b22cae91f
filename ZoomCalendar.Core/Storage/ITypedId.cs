namespace ZoomCalendar.Core.Storage;

/// <summary>An id that cannot be mistaken for another kind of id. Values are version 7 Guids, so they sort by creation.</summary>
public interface ITypedId<TSelf>
    where TSelf : struct, ITypedId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}
