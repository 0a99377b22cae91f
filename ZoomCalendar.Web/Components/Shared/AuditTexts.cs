using ZoomCalendar.Core.Accounts.Audit;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Components.Shared;

/// <summary>The names of security events on screen.</summary>
internal static class AuditTexts
{
    private static readonly ResourceTexts Loc = SharedStrings.Loc;

    public static string Of(AuditKind? kind) => kind switch
    {
        null => Loc["Everything"],
        AuditKind.SignedIn => Loc["Signed in"],
        AuditKind.SignedInWithPasskey => Loc["Signed in with a passkey"],
        AuditKind.SignedInWithOpenIdConnect => Loc["Signed in with OpenID Connect"],
        AuditKind.SignInRefused => Loc["Sign-in refused"],
        AuditKind.SignedOut => Loc["Signed out"],
        AuditKind.SessionEnded => Loc["Signed out elsewhere"],
        AuditKind.PasswordChanged => Loc["Password changed"],
        AuditKind.PasswordReset => Loc["Password reset"],
        AuditKind.SecondFactorAdded => Loc["Second factor added"],
        AuditKind.SecondFactorRemoved => Loc["Second factor removed"],
        AuditKind.RecoveryCodesMade => Loc["Recovery codes made"],
        AuditKind.RecoveryCodeUsed => Loc["Recovery code used"],
        AuditKind.PasskeyAdded => Loc["Passkey added"],
        AuditKind.PasskeyRemoved => Loc["Passkey removed"],
        AuditKind.OpenIdConnectAdded => Loc["OpenID Connect identity added"],
        AuditKind.OpenIdConnectRemoved => Loc["OpenID Connect identity removed"],
        AuditKind.ProofRenewed => Loc["Identity confirmed again"],
        AuditKind.MemberInvited => Loc["Member invited"],
        AuditKind.InvitationWithdrawn => Loc["Invitation withdrawn"],
        AuditKind.MemberJoined => Loc["Member joined"],
        AuditKind.RoleChanged => Loc["Role changed"],
        AuditKind.MemberRemoved => Loc["Member removed"],
        AuditKind.TokenMade => Loc["API token created"],
        AuditKind.TokenRevoked => Loc["API token revoked"],
        AuditKind.WebhookAdded => Loc["Webhook added"],
        AuditKind.WebhookRemoved => Loc["Webhook removed"],
        AuditKind.SecuritySettingChanged => Loc["Security setting changed"],
        AuditKind.RetentionChanged => Loc["Time of bookers' data changed"],
        AuditKind.RetentionSwept => Loc["Old bookers' data erased"],
        AuditKind.DataExported => Loc["Booker's data exported"],
        AuditKind.DataErased => Loc["Booker's data erased"],
        AuditKind.ZoomConnected => Loc["Zoom connected"],
        AuditKind.ZoomDisconnected => Loc["Zoom disconnected"],
        _ => kind.ToString()!,
    };
}
