using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace ZoomCalendar.Core.Operations.DatabaseCopy;

/// <summary>
/// The row count and checksum of a table. The checksum is the sum of the row hashes; each row is hashed as text that does not depend on the
/// database. A sum does not depend on the row order, which differs between databases.
/// </summary>
internal sealed class RowChecksum
{
    private readonly StringBuilder _text = new();
    private UInt128 _sum;

    public long Rows { get; private set; }

    public void Add(object?[] row)
    {
        _text.Clear();
        foreach (var value in row)
        {
            // The length prefix separates neighbouring values.
            var text = Text(value);
            _text.Append(text is null ? "-" : text.Length.ToString(CultureInfo.InvariantCulture)).Append(':').Append(text);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(_text.ToString()), hash);
        _sum += MemoryMarshal.Read<UInt128>(hash);
        Rows++;
    }

    public bool Equals(RowChecksum other) => other.Rows == Rows && other._sum == _sum;

    public override string ToString() => $"{Rows} rows, {_sum:x32}";

    private static string? Text(object? value) => value switch
    {
        null => null,
        string text => text,
        bool truth => truth ? "1" : "0",
        Guid id => id.ToString("D"),
        DateTimeOffset instant => instant.UtcTicks.ToString(CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
