using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Accounts;

/// <summary>
/// Registers authentication: Identity's users and cookie. Permissions in a sub-account are read from the membership each time.
/// </summary>
internal static class SignInSetup
{
    /// <summary>The longest time for which another session remains valid after a changed password or a lost role.</summary>
    public static readonly TimeSpan RevalidationInterval = TimeSpan.FromSeconds(20);

    private const int PasswordRounds = 210_000;

    public static WebApplicationBuilder AddSignIn(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        // Identity registers its own services only if these are not registered.
        services.AddScoped<ILookupNormalizer, EmailNormalizer>();
        services.AddScoped<IUserValidator<User>, UserEmailValidator>();
        services.AddIdentityCore<User>(Configure).AddUserStore<ProtectedUserStore>().AddSignInManager()
            .AddDefaultTokenProviders().AddPasswordValidator<CommonPasswords>();
        if (!builder.Environment.IsDevelopment())
        {
            // As OWASP recommends for PBKDF2 with HMAC-SHA512. An older hash is made anew at the next sign-in.
            services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordRounds);
        }

        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.LoginPath = AccountUrls.SignIn;
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.AccessDeniedPath = "/status/403";
            cookie.Cookie.Name = CookieNames.Of("zoomcalendar", builder.Environment);
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = Session.RememberedLifetime;
            cookie.SlidingExpiration = true;
            cookie.Events.OnSigningIn = SessionCookie.StartAsync;
            cookie.Events.OnSigningOut = SessionCookie.EndAsync;
            cookie.Events.OnValidatePrincipal = SessionCookie.ValidateAsync;
        });
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, cookie =>
        {
            cookie.Cookie.Name = CookieNames.Of("zoomcalendar-second-step", builder.Environment);
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.ExpireTimeSpan = SecondFactorSignIn.Lifetime;
            cookie.SlidingExpiration = false;
        });
        services.AddAntiforgery(form =>
        {
            form.Cookie.Name = CookieNames.Of("zoomcalendar-form", builder.Environment);
            form.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.Configure<SecurityStampValidatorOptions>(options =>
            (options.ValidationInterval, options.OnRefreshingPrincipal) = (RevalidationInterval, SessionCookie.KeepAsync));
        services.AddAuthorization(options =>
            options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionRevalidation>();
        services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.SectionName)
            .PostConfigure(options => options.AllowRegistration ??= builder.Environment.IsDevelopment());
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = PasswordLinks.Lifespan);
        services.AddSingleton<AttemptCounters>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SecondFactors>();
        services.AddSingleton<AuditLog>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton<AuditRetention>();
        services.AddSingleton<RefusedSignIns>();
        services.AddHostedService(provider => provider.GetRequiredService<RefusedSignIns>());
        services.AddScoped<CircuitHandler, RequestOriginCircuitHandler>();
        services.AddSingleton<AccountLimits>();
        services.AddSingleton<AccountGate>();
        services.AddSingleton<AccountRequestQueue>();
        services.AddSingleton<KnownDevices>();
        services.AddSingleton<DecoyPassword>();
        services.AddHostedService<AccountRequestProcessor>();
        services.AddHostedService<AccountCleanup>();
        services.AddSingleton<FreshProofs>();
        services.AddScoped<SignInCompletion>();
        services.AddScoped<SecondFactorCodes>();
        services.AddScoped<SecondFactorSignIn>();
        services.AddScoped<SecondFactorReset>();
        services.AddScoped<AuthenticatorSetup>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<PasswordChange>();
        services.AddScoped<Registration>();
        services.AddScoped<InvitedRegistration>();
        services.AddScoped<PasswordReset>();
        services.AddScoped<PasswordLinks>();
        services.AddSingleton<ProfileEditor>();
        services.AddSingleton<Passkeys>();
        services.AddSingleton<OwnPasskeys>();
        services.AddSingleton<IConfigureOptions<IdentityPasskeyOptions>, PasskeySite>();
        services.AddScoped<PasskeyCeremony>();
        services.AddScoped<PasskeySignIn>();
        builder.AddProviderSignIn();
        return builder;
    }

    private static void Configure(IdentityOptions options)
    {
        options.User.RequireUniqueEmail = true;
        options.Lockout.MaxFailedAccessAttempts = AccountLimits.Tries;
        options.Lockout.DefaultLockoutTimeSpan = AccountLimits.Pause;
        options.Password.RequiredLength = 10;
        // Only the length matters: rules about kinds of characters lead to weaker passwords.
        options.Password.RequireDigit =
            options.Password.RequireLowercase = options.Password.RequireUppercase = options.Password.RequireNonAlphanumeric = false;
    }
}
