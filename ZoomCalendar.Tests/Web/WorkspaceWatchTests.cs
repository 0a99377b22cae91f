using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Workspaces;

namespace ZoomCalendar.Tests.Web;

public sealed class WorkspaceWatchTests : IAsyncLifetime
{
    private TestTenant _tenant = null!;

    public async Task InitializeAsync() => _tenant = await TestTenant.CreateAsync();

    public Task DisposeAsync() => _tenant.DisposeAsync().AsTask();

    [Fact]
    public async Task Notifications_keep_their_order_while_the_database_is_read()
    {
        var identity = new IdentityOptions();
        var ben = await _tenant.UserAsync("ben");
        var state = new AuthenticationState(new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.NameIdentifier, ben.ToString()), new Claim(identity.ClaimsIdentity.SecurityStampClaimType, "ben")],
            "test")));
        var workspace = new CurrentWorkspace(new WorkspaceReader(_tenant.Database, Options.Create(identity)))
        {
            Actor = new Actor(_tenant.SubAccount, ben, Role.User),
        };
        var answers = new Answers();
        var handled = new List<int>();
        var watch = new WorkspaceCircuitHandler(workspace, answers, null!, TimeProvider.System);
        Task Handle(int number) => watch.CreateInboundActivityHandler(_ =>
        {
            handled.Add(number);
            return Task.CompletedTask;
        })(null!);

        var typed = Handle(1);
        var submitted = Handle(2);
        answers.Second.SetResult(state);
        submitted.IsCompleted.Should().BeFalse();
        answers.First.SetResult(state);
        await Task.WhenAll(typed, submitted).WaitAsync(TimeSpan.FromSeconds(30));

        handled.Should().Equal(1, 2);
    }

    private sealed class Answers : AuthenticationStateProvider
    {
        private int _asked;

        public TaskCompletionSource<AuthenticationState> First { get; } = new();

        public TaskCompletionSource<AuthenticationState> Second { get; } = new();

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => (_asked++ == 0 ? First : Second).Task;
    }
}
