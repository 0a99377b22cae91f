namespace ZoomCalendar.Core.Storage;

/// <summary>A strongly typed id. Values are version 7 GUIDs, so they sort by creation time.</summary>
public interface ITypedId<TSelf>
    where TSelf : struct, ITypedId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}
