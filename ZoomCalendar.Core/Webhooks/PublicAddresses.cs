using System.Net;
using System.Net.Sockets;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>Which addresses are somebody's on the internet, and none of ours or our host's network.</summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] NotPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    // Of IPv6 only global unicast is given out at all.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    // These hold an IPv4 address inside, or are for documentation and benchmarks.
    private static readonly IPNetwork[] NotPublic6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(text => IPNetwork.Parse(text))];

    public static bool IsPublic(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => IsPublic(address.MapToIPv4()),
        { AddressFamily: AddressFamily.InterNetwork } => !NotPublic.Any(network => network.Contains(address)),
        { AddressFamily: AddressFamily.InterNetworkV6 } => GlobalUnicast.Contains(address) && !NotPublic6.Any(network => network.Contains(address)),
        _ => false,
    };
}
