using System.ComponentModel.DataAnnotations;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Storage;

namespace ZoomCalendar.Web.Accounts;

/// <summary>An e-mail address by the one rule for them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class EmailFormatAttribute() : ValidationAttribute(EmailAddress.Problem)
{
    public override bool IsValid(object? value) => value is not string { Length: > 0 } text || EmailAddress.IsValid(text);
}

/// <summary>Holds something that can be seen.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotBlankAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is not string { Length: > 0 } text || !StorableText.IsBlank(text);
}
