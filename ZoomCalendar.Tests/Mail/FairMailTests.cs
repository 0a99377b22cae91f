using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Core.Storage;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Mail;

namespace ZoomCalendar.Tests.Mail;

/// <summary>A slow mailbox or broken template of one tenant does not delay another tenant's mail.</summary>
public abstract class FairMailTests(DatabaseProvider provider)
{
    [DatabaseFact]
    public async Task A_slow_mailbox_of_one_tenant_does_not_delay_another_tenants_mail()
    {
        await using var tenant = await TestTenant.CreateAsync(provider);
        var post = new SlowPost();
        var room = new MailTestHost(tenant, post);
        await room.StartAsync();
        await BookAsync(tenant, "slow");
        var other = await TestTenant.CreateAsync(tenant.Database, "other");
        other.Now = tenant.Now;
        await BookAsync(other, "quick");

        var working = Task.Run(room.WorkAsync);
        await Eventually.HoldsAsync(
            () => post.Delivered.Any(to => to == "quick@example.test"),
            TimeSpan.FromSeconds(10),
            "the other tenant's mail leaves while one mailbox is slow");
        post.Delivered.Should().NotContain("slow@example.test");

        post.Release();
        await working.WaitAsync(TimeSpan.FromSeconds(30));
        post.Delivered.Should().Contain("slow@example.test");
        post.MostForOneTenant.Should().Be(1, "a tenant's messages leave in their order");
    }

    [DatabaseFact]
    public async Task A_message_that_cannot_be_rendered_does_not_block_others()
    {
        await using var tenant = await TestTenant.CreateAsync(provider);
        var room = new MailTestHost(tenant);
        await room.StartAsync();
        await BookAsync(tenant, "jo");
        await tenant.Database.WriteAsync(db => db.Messages.AddAsync(new Message
        {
            Id = Guid.CreateVersion7(tenant.Now.AddHours(-1)),
            SubAccountId = tenant.SubAccount,
            Kind = MessageKind.Account,
            Receiver = MessageReceiver.User,
            Content = "no json",
            DueAt = tenant.Now.AddHours(-1),
            CreatedAt = tenant.Now,
        }).AsTask());

        await room.WorkAsync();

        room.Box.To("jo@example.test").Should().NotBeEmpty();
        (await room.RowsAsync()).Single(row => row.Content == "no json" || row.Kind == MessageKind.Account).Attempts.Should().Be(1);
    }

    [DatabaseFact]
    public async Task A_subject_that_is_too_long_is_cut_between_two_characters_and_sent()
    {
        await using var tenant = await TestTenant.CreateAsync(provider);
        var room = new MailTestHost(tenant);
        await room.StartAsync();
        await tenant.Database.WriteAsync(db => db.MessageTemplates.AddAsync(new MessageTemplate
        {
            SubAccountId = tenant.SubAccount,
            Kind = MessageKind.Confirmation,
            Receiver = MessageReceiver.Booker,
            Body = "Hello",
            Subject = new string('x', Message.SubjectMaxLength - 25) + "{{appointment.title}}",
        }).AsTask());
        var calendar = await tenant.CalendarAsync(
            CalendarType.Personal, [tenant.Admin], location: new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0142"));
        await tenant.BookedAsync(calendar, tenant.Now.AddDays(1), builder => builder.Request = builder.Request with
        {
            Title = new string('y', 24) + string.Concat(Enumerable.Repeat("😀", 20)),
        });

        await room.WorkAsync();

        room.Box.To("jo@example.test").Single().Subject.Length.Should().Be(Message.SubjectMaxLength - 1);
    }

    private static async Task BookAsync(TestTenant tenant, string booker)
    {
        var calendar = await tenant.CalendarAsync(
            CalendarType.Personal, [tenant.Admin], location: new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0142"));
        await tenant.BookedAsync(calendar, tenant.Now.AddDays(1), builder => builder.Request = builder.Request with
        {
            Booker = builder.Request.Booker with { Email = $"{booker}@example.test" },
        });
    }

    private sealed class SlowPost : IMailTransport
    {
        private readonly Lock _gate = new();
        private readonly List<string> _delivered = [];
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _held;

        public int MostForOneTenant { get; private set; }

        public IReadOnlyList<string> Delivered
        {
            get
            {
                lock (_gate)
                {
                    return [.. _delivered];
                }
            }
        }

        public void Release() => _released.TrySetResult();

        public async Task<MailResult> DeliverAsync(OutgoingMessage message, CancellationToken cancellationToken)
        {
            // The first tenant's mailboxes are all slow.
            if (message.To is "slow@example.test" or "admin-of-studio@studio.test")
            {
                lock (_gate)
                {
                    MostForOneTenant = Math.Max(MostForOneTenant, ++_held);
                }

                await _released.Task;
                lock (_gate)
                {
                    _held--;
                }
            }

            lock (_gate)
            {
                _delivered.Add(message.To);
            }

            return MailResult.Delivered;
        }
    }
}

[OnSqlite("The class beside it runs these on PostgreSQL.")]
public sealed class SqliteFairMailTests() : FairMailTests(DatabaseProvider.Sqlite);

[OnPostgreSql]
[Trait("Category", "PostgreSql")]
public sealed class PostgreSqlFairMailTests() : FairMailTests(DatabaseProvider.PostgreSql);
