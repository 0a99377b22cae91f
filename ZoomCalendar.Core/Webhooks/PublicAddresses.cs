using System.Net;
using System.Net.Sockets;

namespace ZoomCalendar.Core.Webhooks;

/// <summary>Decides which IP addresses are public, as opposed to private, loopback and reserved ones.</summary>
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

    // Of IPv6, only global unicast addresses are public.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    // These ranges embed an IPv4 address, or are reserved for documentation and benchmarks.
    private static readonly IPNetwork[] NotPublic6 =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(text => IPNetwork.Parse(text))];

    /// <summary>True for a public address. An IPv4-mapped IPv6 address is checked as IPv4.</summary>
    public static bool IsPublic(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => IsPublic(address.MapToIPv4()),
        { AddressFamily: AddressFamily.InterNetwork } => !NotPublic.Any(network => network.Contains(address)),
        { AddressFamily: AddressFamily.InterNetworkV6 } => GlobalUnicast.Contains(address)
            && !NotPublic6.Any(network => network.Contains(address)),
        _ => false,
    };
}
