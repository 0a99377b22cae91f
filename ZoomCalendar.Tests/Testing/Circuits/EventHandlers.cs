using System.Buffers.Binary;
using System.Text;

namespace ZoomCalendar.Tests.Testing.Circuits;

/// <summary>What a page listens to.</summary>
/// <param name="Id">The circuit's number for it.</param>
/// <param name="Event">Without "on": <c>change</c>.</param>
/// <param name="Element">The element and its attributes as they were rendered with it; empty if the handler came later.</param>
internal sealed record PageHandler(long Id, string Event, string Element);

/// <summary>Reads in a render batch which handlers of events a page has now. The batch's text and structure are left out.</summary>
internal static class EventHandlers
{
    private const int Frame = 20;
    private const int Element = 1;
    private const int Attribute = 3;

    public static void Apply(byte[] batch, Dictionary<long, PageHandler> handlers)
    {
        var parts = batch.Length - 20;
        var (frames, disposed, strings) = (Int(parts + 4), Int(parts + 12), Int(parts + 16));
        var element = "";
        for (int i = 0, at = frames + 4; i < Int(frames); i++, at += Frame)
        {
            switch (Int(at))
            {
                case Attribute when Long(at + 12) is not 0 and var id:
                    handlers[id] = new PageHandler(id, Text(Int(at + 4))[2..], element);
                    break;
                case Attribute:
                    element += $" {Text(Int(at + 4))}={Text(Int(at + 8))}";
                    break;
                case Element:
                    element = Text(Int(at + 8));
                    break;
                default:
                    element = "";
                    break;
            }
        }

        for (int i = 0, at = disposed + 4; i < Int(disposed); i++, at += 8)
        {
            handlers.Remove(Long(at));
        }

        int Int(int at) => BinaryPrimitives.ReadInt32LittleEndian(batch.AsSpan(at));

        long Long(int at) => BinaryPrimitives.ReadInt64LittleEndian(batch.AsSpan(at));

        string Text(int index)
        {
            if (index < 0)
            {
                return "";
            }

            var (at, length) = (Int(strings + (4 * index)), 0);
            for (var shift = 0; ; shift += 7)
            {
                var next = batch[at++];
                length |= (next & 0x7f) << shift;
                if (next < 0x80)
                {
                    return Encoding.UTF8.GetString(batch, at, length);
                }
            }
        }
    }
}
