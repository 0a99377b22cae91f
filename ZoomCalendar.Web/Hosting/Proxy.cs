using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace ZoomCalendar.Web.Hosting;

/// <summary>
/// Behind a reverse proxy: whose word on the visitor's address, scheme and host is taken. Settings <c>Proxy:KnownProxies</c> (addresses) and
/// <c>Proxy:KnownNetworks</c> (10.0.0.0/8). Nobody's by default, for whoever sends the request could write those headers.
/// </summary>
internal static class Proxy
{
    private const string Section = "Proxy";

    public static WebApplicationBuilder AddProxy(this WebApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(Section);
        var proxies = Parsed(section, "KnownProxies", text => IPAddress.TryParse(text, out var address) ? address : null);
        var networks = Parsed(section, "KnownNetworks", text => IPNetwork.TryParse(text, out var network) ? (IPNetwork?)network : null);
        var isTrusted = proxies.Count + networks.Count > 0;
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = isTrusted ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost : ForwardedHeaders.None;
            options.ForwardLimit = section.GetValue("ForwardLimit", 1);
            // The framework trusts the machine itself unless told otherwise.
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            proxies.ForEach(options.KnownProxies.Add);
            networks.ForEach(network => options.KnownIPNetworks.Add(network!.Value));
        });
        return builder;
    }

    /// <summary>Before anything that asks for the visitor's address or builds an address of ours.</summary>
    public static WebApplication UseProxy(this WebApplication app)
    {
        app.UseForwardedHeaders();
        return app;
    }

    private static List<T> Parsed<T>(IConfigurationSection section, string key, Func<string, T?> parse)
    {
        // A list in JSON, or one line separated by commas.
        var texts = section.GetSection(key).Get<string[]>() ?? section[key]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        return [.. texts.Select(text => parse(text) ?? throw new InvalidOperationException($"{Section}:{key} holds \"{text}\", which is no address or network. Write 10.0.0.5 or 10.0.0.0/8."))];
    }
}
