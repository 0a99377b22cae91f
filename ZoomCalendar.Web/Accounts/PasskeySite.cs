using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// For which site passkeys are: the host of <c>PublicUrl</c>. Browsers refuse them on any other, and their answers name the page that
/// asked, which has to be one of ours.
/// </summary>
internal sealed class PasskeySite(PublicUrl publicUrl, IConfiguration configuration, IHostEnvironment environment)
    : IConfigureOptions<IdentityPasskeyOptions>
{
    public void Configure(IdentityPasskeyOptions options)
    {
        // In Development without PublicUrl: the host of the request.
        options.ServerDomain = PublicUrl.Read(configuration, environment)?.IdnHost;
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.AuthenticatorTimeout = TimeSpan.FromMinutes(5);
        options.ValidateOrigin = context => ValueTask.FromResult(IsOurs(context));
    }

    /// <summary>A circuit has no request. Its page's address stands for it.</summary>
    public static HttpContext Of(NavigationManager navigation)
    {
        var address = new Uri(navigation.BaseUri);
        return new DefaultHttpContext
        {
            Request = { Scheme = address.Scheme, Host = HostString.FromUriComponent(address) },
        };
    }

    private bool IsOurs(PasskeyOriginValidationContext context) =>
        !context.CrossOrigin
        && Uri.TryCreate(publicUrl.Of(context.HttpContext.Request, "/"), UriKind.Absolute, out var own)
        && context.Origin == own.GetLeftPart(UriPartial.Authority);
}
