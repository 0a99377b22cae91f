using System.ComponentModel.DataAnnotations;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Accounts;

/// <summary>Validates an e-mail address with <see cref="EmailAddress"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EmailFormatAttribute() : ValidationAttribute(EmailAddress.Problem)
{
    public override bool IsValid(object? value) => value is not string { Length: > 0 } text || EmailAddress.IsValid(text);
}

/// <summary>Requires at least one visible character.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotBlankAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is not string { Length: > 0 } text || !StorableText.IsBlank(text);
}

internal static class FormRules
{
    /// <summary>
    /// The longest input for an existing password. New passwords are shorter; earlier versions accepted longer ones.
    /// </summary>
    public const int MaxTypedPassword = 1_000;
}
