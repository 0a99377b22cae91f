using Microsoft.Extensions.Localization;
using ZoomCalendar.Core.Accounts.Audit;

namespace ZoomCalendar.Web.Components.Pages.Privacy;

/// <summary>The names of security events on screen.</summary>
internal static class AuditTexts
{
    public static string Of(AuditKind? kind, IStringLocalizer<PrivacyStrings> loc) => kind switch
    {
        null => loc["Everything"],
        AuditKind.SignedIn => loc["Signed in"],
        AuditKind.SignedInWithPasskey => loc["Signed in with a passkey"],
        AuditKind.SignedInWithOpenIdConnect => loc["Signed in with OpenID Connect"],
        AuditKind.SignInRefused => loc["Sign-in refused"],
        AuditKind.SignedOut => loc["Signed out"],
        AuditKind.SessionEnded => loc["Signed out elsewhere"],
        AuditKind.PasswordChanged => loc["Password changed"],
        AuditKind.PasswordReset => loc["Password reset"],
        AuditKind.SecondFactorAdded => loc["Second factor added"],
        AuditKind.SecondFactorRemoved => loc["Second factor removed"],
        AuditKind.RecoveryCodesMade => loc["Recovery codes made"],
        AuditKind.RecoveryCodeUsed => loc["Recovery code used"],
        AuditKind.PasskeyAdded => loc["Passkey added"],
        AuditKind.PasskeyRemoved => loc["Passkey removed"],
        AuditKind.OpenIdConnectAdded => loc["OpenID Connect identity added"],
        AuditKind.OpenIdConnectRemoved => loc["OpenID Connect identity removed"],
        AuditKind.ProofRenewed => loc["Identity confirmed again"],
        AuditKind.MemberInvited => loc["Member invited"],
        AuditKind.InvitationWithdrawn => loc["Invitation withdrawn"],
        AuditKind.MemberJoined => loc["Member joined"],
        AuditKind.RoleChanged => loc["Role changed"],
        AuditKind.MemberRemoved => loc["Member removed"],
        AuditKind.TokenMade => loc["API token created"],
        AuditKind.TokenRevoked => loc["API token revoked"],
        AuditKind.WebhookAdded => loc["Webhook added"],
        AuditKind.WebhookRemoved => loc["Webhook removed"],
        AuditKind.SecuritySettingChanged => loc["Security setting changed"],
        AuditKind.RetentionChanged => loc["Time of bookers' data changed"],
        AuditKind.RetentionSwept => loc["Old bookers' data erased"],
        AuditKind.DataExported => loc["Booker's data exported"],
        AuditKind.DataErased => loc["Booker's data erased"],
        AuditKind.ZoomConnected => loc["Zoom connected"],
        AuditKind.ZoomDisconnected => loc["Zoom disconnected"],
        _ => kind.ToString()!,
    };
}
