using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Contacts;
using ZoomCalendar.Core.Events;
using ZoomCalendar.Core.Help;
using ZoomCalendar.Core.Integrations;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Messages;
using ZoomCalendar.Core.Waiting;
using ZoomCalendar.Core.Webhooks;
using ZoomCalendar.Core.Zoom;

using Claim = ZoomCalendar.Core.Appointments.Claim;

namespace ZoomCalendar.Core.Storage;

/// <summary>The model, free of any one database's habits. <see cref="SqliteContext"/> and <see cref="PostgreSqlContext"/> say what differs.</summary>
public abstract class ZoomCalendarContext(DbContextOptions options)
    : IdentityUserContext<User, UserId>(options), IDataProtectionKeyContext
{
    public DbSet<SubAccount> SubAccounts => Set<SubAccount>();

    public DbSet<Membership> Memberships => Set<Membership>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<Calendar> Calendars => Set<Calendar>();

    public DbSet<CalendarMember> CalendarMembers => Set<CalendarMember>();

    public DbSet<BlockedTime> BlockedTimes => Set<BlockedTime>();

    public DbSet<Appointment> Appointments => Set<Appointment>();

    public DbSet<TakenTime> TakenTimes => Set<TakenTime>();

    public DbSet<Claim> Claims => Set<Claim>();

    public DbSet<WaitingEntry> WaitingEntries => Set<WaitingEntry>();

    public DbSet<SlotMeeting> SlotMeetings => Set<SlotMeeting>();

    public DbSet<QuotaDay> QuotaDays => Set<QuotaDay>();

    public DbSet<ZoomAccount> ZoomAccounts => Set<ZoomAccount>();

    public DbSet<Connection> Connections => Set<Connection>();

    public DbSet<ConnectAttempt> ConnectAttempts => Set<ConnectAttempt>();

    public DbSet<PendingConnection> PendingConnections => Set<PendingConnection>();

    public DbSet<WebhookMessage> WebhookMessages => Set<WebhookMessage>();

    public DbSet<Event> Events => Set<Event>();

    public DbSet<Contact> Contacts => Set<Contact>();

    public DbSet<PrivateToken> PrivateTokens => Set<PrivateToken>();

    public DbSet<IdempotencyKey> IdempotencyKeys => Set<IdempotencyKey>();

    public DbSet<Webhook> Webhooks => Set<Webhook>();

    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<MessageTemplate> MessageTemplates => Set<MessageTemplate>();

    public DbSet<EventReader> EventReaders => Set<EventReader>();

    public DbSet<ArticleFeedback> ArticleFeedback => Set<ArticleFeedback>();

    public DbSet<Installation> Installations => Set<Installation>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    /// <summary>What both databases can hold, so that an instant is the same in either: PostgreSQL counts microseconds.</summary>
    private protected static DateTimeOffset UtcMicroseconds(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ZoomCalendarContext).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<SubAccountId>().HaveConversion<TypedIdConverter<SubAccountId>>();
        configurationBuilder.Properties<UserId>().HaveConversion<TypedIdConverter<UserId>>();
        configurationBuilder.Properties<CalendarId>().HaveConversion<TypedIdConverter<CalendarId>>();
        configurationBuilder.Properties<AppointmentId>().HaveConversion<TypedIdConverter<AppointmentId>>();
        configurationBuilder.Properties<SlotMeetingId>().HaveConversion<TypedIdConverter<SlotMeetingId>>();
        configurationBuilder.Properties<WaitingId>().HaveConversion<TypedIdConverter<WaitingId>>();
        configurationBuilder.Properties<ContactId>().HaveConversion<TypedIdConverter<ContactId>>();
        configurationBuilder.Properties<PrivateTokenId>().HaveConversion<TypedIdConverter<PrivateTokenId>>();
        configurationBuilder.Properties<WebhookId>().HaveConversion<TypedIdConverter<WebhookId>>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(30);
        configurationBuilder.Properties<TimeSpan>().HaveConversion<long>();
        configurationBuilder.Properties<string>().HaveConversion<StorableTextConverter>();
    }
}
