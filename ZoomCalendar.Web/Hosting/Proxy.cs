using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// The reverse proxies whose headers about the visitor's address, scheme and host are trusted: settings <c>Proxy:KnownProxies</c>
/// (addresses) and <c>Proxy:KnownNetworks</c> (10.0.0.0/8). None by default, because any client can send these headers.
/// </summary>
internal static class Proxy
{
    private const string Section = "Proxy";
    private const string Proxies = "KnownProxies";
    private const string Networks = "KnownNetworks";

    public static WebApplicationBuilder AddProxy(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(Section);
        var proxies = Texts(section, Proxies).Select(IPAddress.Parse).ToList();
        var networks = Texts(section, Networks).Select(text => IPNetwork.Parse(text)).ToList();
        var isTrusted = proxies.Count + networks.Count > 0;
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = isTrusted
                ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost
                : ForwardedHeaders.None;
            options.ForwardLimit = section.GetValue("ForwardLimit", 1);
            // By default the framework trusts loopback.
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            proxies.ForEach(options.KnownProxies.Add);
            networks.ForEach(options.KnownIPNetworks.Add);
        });
        return builder;
    }

    /// <summary>Must come before middleware that reads the visitor's address or builds absolute addresses.</summary>
    public static WebApplication UseProxy(this WebApplication app)
    {
        app.UseForwardedHeaders();
        return app;
    }

    /// <summary>A sentence for each invalid entry of the two lists.</summary>
    public static IEnumerable<string> Problems(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        return Texts(section, Proxies).Where(text => !IPAddress.TryParse(text, out _)).Select(text => Sentence(Proxies, text))
            .Concat(Texts(section, Networks).Where(text => !IPNetwork.TryParse(text, out _)).Select(text => Sentence(Networks, text)));
    }

    private static string Sentence(string key, string text) =>
        $"{Section}:{key} holds \"{text}\", which is no address or network. Write 10.0.0.5 or 10.0.0.0/8.";

    // A list in JSON, or one value separated by commas.
    private static string[] Texts(IConfigurationSection section, string key) =>
        section.GetSection(key)
            .Get<string[]>() ?? section[key]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
