using System.Globalization;

namespace ZoomCalendar.Sandbox.Pages;

/// <summary>The buttons of the home page.</summary>
internal static class ManualChanges
{
    public static async Task<IResult> DoAsync(HttpContext context, SandboxControl control)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var user = form["user"].ToString();
        // Only some buttons refer to a meeting.
        _ = long.TryParse(form["id"], CultureInfo.InvariantCulture, out var id);

        try
        {
            Do(control, form, user, id);
            return Results.LocalRedirect("/");
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException)
        {
            return Html.Page(context, "That did not work", $"""<p class="error" role="alert">{Html.E(exception.Message)}</p>""", StatusCodes.Status400BadRequest);
        }
    }

    private static void Do(SandboxControl control, IFormCollection form, string user, long id)
    {
        switch (form["do"].ToString())
        {
            case "create":
                control.CreateByHand(
                    user, form["topic"].ToString(), Start(form), int.Parse(form["minutes"]!, CultureInfo.InvariantCulture));
                break;
            case "edit":
                control.EditByHand(id, form["topic"], Start(form), form["passcode"]);
                break;
            case "delete":
                control.DeleteByHand(id);
                break;
            case "approve":
                control.SetApproval(user, true);
                break;
            case "withdraw":
                control.SetApproval(user, false);
                break;
            case "uninstall":
                control.Uninstall(user);
                break;
        }
    }

    private static DateTimeOffset Start(IFormCollection form) =>
        DateTimeOffset.Parse(form["start"]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
