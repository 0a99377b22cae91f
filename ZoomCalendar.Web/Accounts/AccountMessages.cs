using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Web.Accounts;

/// <summary>The messages that visitors cause by the account forms. They contain nothing that a visitor typed.</summary>
internal static class AccountMessages
{
    public static OutgoingMessage Reset(string email, string link) => new(
        email,
        "Choose a new password",
        $"Somebody, probably you, asked for a new password.\n\nChoose it here within two hours:\n{link}\n\nIf it was not "
            + "you, do nothing: your password stays as it is.");

    public static OutgoingMessage Confirm(string email, string link) => new(
        email,
        "Confirm your email address",
        $"Somebody, probably you, registered with this address.\n\nFinish the registration here within 24 hours:\n{link}\n\nIf it was "
            + "not you, do nothing: no account is made.");

    public static OutgoingMessage RegisteredAlready(string email, string link) => new(
        email,
        "You have an account already",
        "Somebody, probably you, tried to register with this address, which has an account already. Nothing was changed.\n\n"
            + $"Sign in here, or choose \"Forgot password?\" there:\n{link}");

    public static OutgoingMessage AuthenticatorAdded(string email, string link) => new(
        email,
        "An authenticator app was added to your account",
        "Signing in with your password asks for a code of your authenticator app from now on.\n\nIf it was not you, change your password "
            + $"and turn the app off here:\n{link}");

    public static OutgoingMessage AuthenticatorRemoved(string email, string link) => new(
        email,
        "The authenticator app was removed from your account",
        $"Signing in with your password asks for no code any more.\n\nIf it was not you, change your password here:\n{link}");

    public static OutgoingMessage RecoveryCodeUsed(string email, int left, string link) => new(
        email,
        "A recovery code was used to sign in",
        $"Somebody, probably you, signed in to your account with your password and a recovery code. Codes that are left: {left}.\n\n"
            + $"Make new codes here. If it was not you, change your password first:\n{link}");

    /// <param name="email">The user's address.</param>
    /// <param name="link">To User Profile &gt; Security.</param>
    public static OutgoingMessage PasskeyAdded(string email, string link) => new(
        email,
        "A passkey was added to your account",
        "A passkey was added to your account. You can sign in with it from now on.\n\nIf it was not you, remove it here, end all "
            + $"sessions and change your password:\n{link}");

    /// <inheritdoc cref="PasskeyAdded"/>
    public static OutgoingMessage PasskeyRemoved(string email, string link) => new(
        email,
        "A passkey was removed from your account",
        "A passkey was removed from your account. It no longer signs anybody in.\n\nIf it was not you, end all sessions and change your "
            + $"password here:\n{link}");

    /// <param name="email">The user's address.</param>
    /// <param name="provider">Its name in the settings.</param>
    /// <param name="link">To User Profile &gt; Security.</param>
    public static OutgoingMessage ProviderLinked(string email, string provider, string link) => new(
        email,
        $"{provider} signs you in now",
        $"An account of {provider} was linked with your account here and signs you in from now on.\n\nIf it was not you, unlink it here, "
            + $"end all sessions and change your password:\n{link}");

    /// <inheritdoc cref="ProviderLinked"/>
    public static OutgoingMessage ProviderUnlinked(string email, string provider, string link) => new(
        email,
        $"{provider} no longer signs you in",
        $"The account of {provider} was unlinked from your account here.\n\nIf it was not you, end all sessions and change your password "
            + $"here:\n{link}");
}
