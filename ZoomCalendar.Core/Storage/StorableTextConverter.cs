using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ZoomCalendar.Core.Storage;

/// <summary>On every text column, on the way in: rows and parameters hold what both databases can store, whoever wrote them.</summary>
internal sealed class StorableTextConverter() : ValueConverter<string, string>(text => StorableText.ForColumn(text), text => text);
