using System.Net;
using System.Net.Sockets;

namespace ZoomCalendar.Web.Hosting;

/// <summary>By what a visitor is counted: the IPv4 address, or the /64 network of the IPv6 address.</summary>
internal static class VisitorAddress
{
    private const int PrefixBytes = 8;

    /// <param name="context">Known proxies have been taken into account already (<see cref="Proxy"/>).</param>
    public static string Of(HttpContext context) => Of(context.Connection.RemoteIpAddress);

    // A visitor with one IPv6 address controls 2^64 of them.
    public static string Of(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } =>
            Convert.ToHexString(address.GetAddressBytes().AsSpan(0, PrefixBytes)),
        _ => address.MapToIPv4().ToString(),
    };
}
