using Bunit;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Help;

namespace ZoomCalendar.Tests.Screens;

[OnSqlite(ScreenTest.AtOnce)]
public sealed class ArticleQuestionTests : ScreenTest
{
    [Fact]
    public void Answering_Yes_shows_thanks()
    {
        var question = Ask();
        question.Find("h2").TextContent.Should().Be("Was this article helpful?");

        Press(question, "Yes");

        question.Find("[role=status]").TextContent.Trim().Should().Be("That's Great! Thank you for your feedback");
        question.FindAll("form").Should().BeEmpty();
    }

    [Fact]
    public void Answering_No_asks_for_a_text_that_admins_can_read()
    {
        var question = Ask();
        Press(question, "No");
        question.Find("[role=status]").TextContent.Trim().Should().Be("Sorry! We couldn't be helpful. Thank you for your feedback");

        question.Find("form").Submit();
        question.WaitForElement(".mud-input-helper-text.mud-input-error").TextContent.Should().StartWith("Tell us in a few words");
        question.Find("textarea").Change("A picture");
        question.Find("form").Submit();
        question.WaitForState(() => question.FindAll("form").Count == 0);

        question.Find("[role=status]").TextContent.Trim().Should()
            .Be("Feedback sent. We appreciate your effort and will try to fix the article");
        question.Markup.Should().NotContain("Answers so far", "only admins see them");
        Show<ArticleQuestion>(TestTenant.AsAdmin, shown => shown.Add(parameters => parameters.Article, "zoom")).Markup.Should()
            .Contain("0 yes, 1 no").And.Contain("A picture");
    }

    private static void Press(IRenderedComponent<ArticleQuestion> question, string button) =>
        question.FindAll("button").Single(candidate => candidate.TextContent == button).Click();

    private IRenderedComponent<ArticleQuestion> Ask() =>
        Show<ArticleQuestion>(TestTenant.As(Ben), question => question.Add(parameters => parameters.Article, "zoom"));
}
