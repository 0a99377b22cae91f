using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ZoomCalendar.Core.Storage;

/// <summary>Applied to every text column and parameter, so that both databases can store the value.</summary>
internal sealed class StorableTextConverter() : ValueConverter<string, string>(text => StorableText.ForColumn(text), text => text);
