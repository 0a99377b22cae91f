using System.Buffers.Binary;
using System.Text;

namespace ZoomCalendar.Tests.Testing.Circuits;

/// <summary>
/// The part of MessagePack that the hub of Blazor Server speaks (its protocol is called "blazorpack"), with SignalR's framing: each message
/// has its length in front, in groups of seven bits.
/// </summary>
internal static class HubMessages
{
    /// <param name="call">Null: no answer is expected.</param>
    public static byte[] Invocation(string? call, string method, params object?[] arguments) =>
        Framed([1L, new Dictionary<string, object?>(), call, method, arguments, Array.Empty<object?>()]);

    public static byte[] Ping() => Framed([6L]);

    /// <summary>Takes whole messages from the front of what was received; what is left is the beginning of the next.</summary>
    public static IEnumerable<object?[]> Take(MemoryStream received)
    {
        var bytes = received.ToArray();
        List<object?[]> messages = [];
        var from = 0;
        while (TryLength(bytes, from, out var start, out var length) && start + length <= bytes.Length)
        {
            var reader = new Reader(bytes, start);
            messages.Add((object?[])reader.Read()!);
            from = start + length;
        }

        received.SetLength(0);
        received.Write(bytes, from, bytes.Length - from);
        return messages;
    }

    private static bool TryLength(byte[] bytes, int from, out int start, out int length)
    {
        (start, length) = (from, 0);
        for (var shift = 0; start < bytes.Length; shift += 7)
        {
            var next = bytes[start++];
            length |= (next & 0x7f) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] Framed(object?[] message)
    {
        using var body = new MemoryStream();
        Write(body, message);
        using var framed = new MemoryStream();
        for (var left = (int)body.Length; ; left >>= 7)
        {
            framed.WriteByte((byte)(left < 0x80 ? left : (left & 0x7f) | 0x80));
            if (left < 0x80)
            {
                break;
            }
        }

        body.WriteTo(framed);
        return framed.ToArray();
    }

    private static void Write(MemoryStream to, object? value)
    {
        Span<byte> number = stackalloc byte[9];
        switch (value)
        {
            case null:
                to.WriteByte(0xc0);
                break;
            case bool truth:
                to.WriteByte(truth ? (byte)0xc3 : (byte)0xc2);
                break;
            case int or long:
                number[0] = 0xd3;
                BinaryPrimitives.WriteInt64BigEndian(number[1..], value is int whole ? whole : (long)value);
                to.Write(number);
                break;
            case string text:
                var bytes = Encoding.UTF8.GetBytes(text);
                number[0] = 0xdb;
                BinaryPrimitives.WriteInt32BigEndian(number[1..], bytes.Length);
                to.Write(number[..5]);
                to.Write(bytes);
                break;
            case object?[] items:
                number[0] = 0xdc;
                BinaryPrimitives.WriteUInt16BigEndian(number[1..], (ushort)items.Length);
                to.Write(number[..3]);
                foreach (var item in items)
                {
                    Write(to, item);
                }

                break;
            case Dictionary<string, object?> { Count: 0 }:
                to.WriteByte(0x80);
                break;
            default:
                throw new NotSupportedException($"The hub is never sent a {value.GetType()}.");
        }
    }

    private sealed class Reader(byte[] bytes, int start)
    {
        private int _at = start;

        public object? Read()
        {
            var type = bytes[_at++];
            return type switch
            {
                <= 0x7f => (long)type,
                >= 0xe0 => (long)(sbyte)type,
                <= 0x8f => Map(type & 0x0f),
                <= 0x9f => Items(type & 0x0f),
                <= 0xbf => Text(type & 0x1f),
                0xc0 => null,
                0xc2 => false,
                0xc3 => true,
                0xc4 => Bytes((int)Number(1)),
                0xc5 => Bytes((int)Number(2)),
                0xc6 => Bytes((int)Number(4)),
                0xcc => Number(1),
                0xcd => Number(2),
                0xce => Number(4),
                0xcf => Number(8),
                0xd0 => (long)(sbyte)Number(1),
                0xd1 => (long)(short)Number(2),
                0xd2 => (long)(int)Number(4),
                0xd3 => Number(8),
                0xd9 => Text((int)Number(1)),
                0xda => Text((int)Number(2)),
                0xdb => Text((int)Number(4)),
                0xdc => Items((int)Number(2)),
                0xdd => Items((int)Number(4)),
                0xde => Map((int)Number(2)),
                _ => throw new NotSupportedException($"MessagePack's type {type:x2}."),
            };
        }

        private long Number(int length)
        {
            var number = 0L;
            for (var i = 0; i < length; i++)
            {
                number = (number << 8) | bytes[_at++];
            }

            return number;
        }

        private byte[] Bytes(int length) => bytes[_at..(_at += length)];

        private string Text(int length) => Encoding.UTF8.GetString(bytes, (_at += length) - length, length);

        private object?[] Items(int count)
        {
            var items = new object?[count];
            for (var i = 0; i < count; i++)
            {
                items[i] = Read();
            }

            return items;
        }

        private Dictionary<string, object?> Map(int count)
        {
            Dictionary<string, object?> map = [];
            for (var i = 0; i < count; i++)
            {
                map[Read()?.ToString() ?? ""] = Read();
            }

            return map;
        }
    }
}
