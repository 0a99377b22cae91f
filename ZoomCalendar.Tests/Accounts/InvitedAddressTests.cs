using Microsoft.AspNetCore.DataProtection;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Tests.Testing;

namespace ZoomCalendar.Tests.Accounts;

public sealed class InvitedAddressTests : IAsyncLifetime
{
    private TestTenant _tenant = null!;
    private Invitations _invitations = null!;

    public async Task InitializeAsync()
    {
        _tenant = await TestTenant.CreateAsync();
        _invitations = new Invitations(_tenant.Database, new EphemeralDataProtectionProvider(), _tenant.Signals);
        await _tenant.UserAsync("ben");
    }

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Theory]
    [InlineData("Jo@example.test", "jo@example.test")]
    [InlineData("Ünal@example.de", "ünal@example.de")]
    [InlineData("jo@münchen.de", "JO@xn--mnchen-3ya.de")]
    public async Task One_address_has_one_open_invitation_however_it_is_written(string first, string second)
    {
        (await InviteAsync(first)).Succeeded.Should().BeTrue();
        (await InviteAsync(second)).Succeeded.Should().BeTrue();

        (await OpenAsync()).Should().Equal(second);
    }

    [Fact]
    public async Task Two_admins_who_invite_one_address_at_once_leave_one_invitation()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(index => InviteAsync(index % 2 == 0 ? "jo@example.test" : "JO@example.test")));

        (await OpenAsync()).Should().HaveCount(1);
    }

    [Theory]
    [InlineData("ben@studio.test")]
    [InlineData("BEN@Studio.Test")]
    public async Task A_member_is_not_invited_again(string email)
    {
        var outcome = await InviteAsync(email);

        (outcome.Refusal, outcome.Message).Should().Be((Refusal.Invalid, $"{email} is a member of this sub-account already."));
        (await OpenAsync()).Should().BeEmpty();
    }

    [Theory]
    [InlineData("o'brien@example.test")]
    [InlineData("jo+zoom@example.test")]
    [InlineData("jo.b_c-d!#$%&*/=?^`{|}~@example.test")]
    [InlineData("ünal@münchen.de")]
    [InlineData("\"jo field\"@example.test")]
    [InlineData("用户@例子.广告")]
    public async Task Every_address_accepted_for_a_booker_can_be_invited(string email)
    {
        BookingInput.Problem("", "", new Booker { Name = "Jo", Email = email }, null).Should().BeNull();

        (await InviteAsync(email)).Message.Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("jo")]
    [InlineData("jo@")]
    [InlineData("Jo <jo@example.test>")]
    [InlineData("jo@example.test\nBcc: all@example.test")]
    [InlineData("jo@example.test\u200b")]
    [InlineData("jo\u0000@example.test")]
    [InlineData("jo\ufffe@example.test")]
    [InlineData("jo\ufffd@example.test")]
    public async Task Text_that_is_not_an_address_is_refused_with_a_sentence(string email)
    {
        var outcome = await InviteAsync(email);

        (outcome.Refusal, outcome.Message).Should().Be((Refusal.Invalid, "Enter an email address such as jo@example.com."));
    }

    private Task<ChangeOutcome> InviteAsync(string email) =>
        _invitations.InviteAsync(email, Role.User, MessageOf, _tenant.AsAdmin, _tenant.Now, CancellationToken.None);

    private async Task<List<string>> OpenAsync() =>
        [.. (await _invitations.ListAsync(_tenant.AsAdmin, _tenant.Now, CancellationToken.None)).Select(row => row.Email)];

    private static Message MessageOf(string token) =>
        new() { Id = Guid.CreateVersion7(), Kind = MessageKind.Account, Receiver = MessageReceiver.User, Content = token };
}
