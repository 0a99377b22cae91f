using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor;
using MudBlazor.Services;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Appointments.Waiting;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Meetings;
using ZoomCalendar.Core.Scheduling;
using ZoomCalendar.Tests.Screens;
using ZoomCalendar.Tests.Testing;
using ZoomCalendar.Web.Components.Pages.Schedule;

namespace ZoomCalendar.Tests.Pages.Schedule;

public sealed class DialogTests : IAsyncLifetime
{
    private readonly BunitContext _bunit = new();
    private IRenderedComponent<MudPopoverProvider> _popovers = null!;
    // Dialogs are drawn by their provider, not where they are written.
    private IRenderedComponent<MudDialogProvider> _shown = null!;

    public Task InitializeAsync()
    {
        _bunit.JSInterop.Mode = JSRuntimeMode.Loose;
        _bunit.Services.AddMudServices();
        _bunit.Services.AddLocalization();
        // MudBlazor waits by it, so it must run.
        _bunit.Services.AddSingleton<TimeProvider>(new ShiftedTime(TestTenant.Monday));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _bunit.DisposeAsync();

    [Fact]
    public void A_ready_link_can_be_opened_and_copied()
    {
        ShowDetails(Some() with
        {
            Card = Some().Card with
            {
                Link = new LinkFacts(LinkState.Ready, "https://zoom.test/j/1") { MeetingId = 84072144272, Passcode = "Ab1-x" },
            },
        });

        _shown.Find("a[href='https://zoom.test/j/1']").GetAttribute("rel").Should().Be("noopener noreferrer");
        Buttons().Should().Contain("Copy link");
        _shown.Markup.Should().Contain("The Zoom link is ready.").And.Contain("Meeting ID: 840 7214 4272").And.Contain("Passcode: Ab1-x");
    }

    [Fact]
    public void A_waiting_link_says_why_and_offers_nothing_to_copy()
    {
        ShowDetails(Some() with
        {
            Card = Some().Card with { Link = new LinkFacts(LinkState.Waiting) { WaitingFor = WaitingFor.ZoomDown } },
        });

        _shown.Markup.Should().Contain("Link waiting").And.Contain("Zoom does not answer as it should at the moment.");
        Buttons().Should().NotContain("Copy link");
    }

    [Fact]
    public async Task Send_confirmation_again_says_to_whom_it_goes()
    {
        var sent = new List<AppointmentId>();
        var dialog = ShowDetails(Some() with { CanConfirmAgain = true, Booker = new Booker { Name = "Jo", Email = "jo@example.test" } });
        dialog.Render(parameters => parameters.Add(component => component.OnConfirmAgain, card =>
        {
            sent.Add(card.Id);
            return Task.FromResult(
                sent.Count == 1 ? BookingOutcome.Done(card.Id) : BookingOutcome.Refused(Refusal.NotOffered, "A moment ago."));
        }));
        var button = () => _shown.FindAll("button").Single(each => each.TextContent.Trim() == "Send confirmation again");

        await button().ClickAsync(new());
        var first = _shown.Markup;
        await button().ClickAsync(new());

        first.Should().Contain("The confirmation goes to jo@example.test again.");
        _shown.Markup.Should().Contain("A moment ago.").And.NotContain("The confirmation goes to");
    }

    [Fact]
    public void A_confirmation_cannot_be_sent_again_where_there_is_nothing_to_confirm()
    {
        ShowDetails(Some() with { CanConfirmAgain = false });

        Buttons().Should().NotContain("Send confirmation again");
    }

    [Fact]
    public async Task Changing_the_address_says_before_saving_who_gets_a_message()
    {
        var form = _bunit.Render<AppointmentForm>(parameters => parameters
            .Add(component => component.Details, Some() with
            {
                Card = Some().Card with { Slot = Some().Card.Slot with { Start = TestTenant.Monday.AddDays(1) } },
                Booker = new Booker { Name = "Jo", Email = "jo@example.test" },
            })
            .Add(component => component.Zone, DateTimeZone.Utc)
            .Add(component => component.OnSubmit, request => Task.FromResult(BookingOutcome.Done(request.Id))));

        await form.Find("#edit-email").ChangeAsync(new ChangeEventArgs { Value = "JO@example.test" });
        var same = form.Markup;
        await form.Find("#edit-email").ChangeAsync(new ChangeEventArgs { Value = "new@example.test" });

        same.Should().NotContain("The confirmation goes to");
        form.Markup.Should().Contain("The confirmation goes to new@example.test. jo@example.test is told");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Staff_can_ask_for_a_new_link_when_the_app_has_stopped_trying(bool waits)
    {
        ShowDetails(Some() with
        {
            Card = Some().Card with
            {
                Link = new LinkFacts(waits ? LinkState.Stopped : LinkState.Waiting)
                {
                    WaitingFor = waits ? WaitingFor.Staff : WaitingFor.RateLimit,
                }
            },
        });

        Buttons().Contains("Ask for a new link").Should().Be(waits);
    }

    [Fact]
    public void A_colleagues_appointment_can_only_be_read()
    {
        ShowDetails(Some() with { Card = Some().Card with { IsMine = false } });

        Buttons().Should().BeEquivalentTo("", "Show history");
        _shown.Markup.Should().Contain("only its host or an admin can change it");
    }

    [Fact]
    public void A_shared_slot_can_be_moved_and_cancelled_as_a_whole()
    {
        ShowDetails(Some() with
        {
            SameSlot = [new SameSlotAppointment(AppointmentId.New(TestTenant.Monday), "Second", "Lee", AppointmentStatus.Confirmed)],
        });

        Buttons().Should().Contain("Move all 2").And.Contain("Cancel all 2");
    }

    [Fact]
    public void People_on_the_waiting_list_are_listed_and_can_be_removed()
    {
        var id = WaitingId.New(TestTenant.Monday);
        WaitingId? removed = null;
        var dialog = ShowDetails(Some() with
        {
            Waiting = [new WaitingPerson(id, "Kim", "kim@example.test", TestTenant.Monday.AddHours(2))],
        });
        dialog.Render(parameters => parameters.Add(component => component.OnRemoveWaiting, waiting => removed = waiting));

        _shown.Find("button[aria-label='Remove Kim from the waiting list']").Click();

        _shown.Markup.Should().Contain("1 person on the waiting list").And.Contain("kim@example.test").And.Contain("A seat is kept until");
        removed.Should().Be(id);
    }

    [Fact]
    public async Task A_cancelled_appointment_is_restored_by_its_status_and_can_be_deleted()
    {
        ShowDetails(Some() with { Card = Some().Card with { Status = AppointmentStatus.Cancelled } });

        Buttons().Should().Contain("Delete for good").And.NotContain("Cancel appointment");
        var statuses = await ComponentTest.OpenAsync(_shown, _popovers, "Status");
        statuses.Select(option => option.TextContent.Trim()).Should().Contain("Confirmed")
            .And.Contain("Cancelled");
    }

    [Fact]
    public async Task The_later_of_two_editors_keeps_the_input_and_sees_the_present_state()
    {
        var sent = new List<EditRequest>();
        IRenderedComponent<AppointmentForm> form = null!;
        var present = Some() with { Card = Some().Card with { Version = 5, Title = "Theirs" } };
        form = _bunit.Render<AppointmentForm>(parameters => parameters
            .Add(component => component.Details, Some())
            .Add(component => component.Zone, DateTimeZone.Utc)
            .Add(component => component.OnSubmit, request =>
            {
                sent.Add(request);
                if (sent.Count == 1)
                {
                    form.Render(again => again.Add(component => component.Details, present));
                }

                return Task.FromResult(
                    sent.Count == 1 ? BookingOutcome.Refused(Refusal.Changed, "Changed.") : BookingOutcome.Done(request.Id));
            }));
        await form.Find("#edit-title").ChangeAsync(new ChangeEventArgs { Value = "Mine" });

        await form.Find("form").SubmitAsync();

        form.Find("[role=alert]").TextContent.Should().Contain("in the meantime");
        form.Find("#edit-title").GetAttribute("value").Should().Be("Mine");
        form.Markup.Should().Contain("Now: Theirs");

        await form.Find("form").SubmitAsync();

        sent.Select(request => (request.Version, request.Title)).Should().Equal((1, "Mine"), (5, "Mine"));
    }

    [Fact]
    public async Task Booking_shows_free_times_says_why_not_and_sends_one_submit_id()
    {
        await using var tenant = await TestTenant.CreateAsync();
        var calendar = await tenant.CalendarAsync(CalendarType.Personal, [tenant.Admin]);
        await tenant.BookedAsync(calendar, TestTenant.Monday.AddHours(2));
        _bunit.Services.AddSingleton(tenant.FreeSlots);
        RenderProviders();
        var directory = await new ScheduleReader(tenant.Database, _bunit.Services.GetRequiredService<TimeProvider>())
            .DirectoryAsync(tenant.AsAdmin, CancellationToken.None);
        var sent = new List<BookRequest>();
        _bunit.Render<BookDialog>(parameters => parameters
            .Add(component => component.Directory, directory)
            .Add(component => component.Actor, tenant.AsAdmin)
            .Add(component => component.Zone, DateTimeZone.Utc)
            .Add(component => component.Start, TestTenant.Monday.AddHours(2))
            .Add(component => component.OnSubmit, request =>
            {
                sent.Add(request);
                return Task.FromResult(BookingOutcome.Refused(Refusal.Taken, "This time was just taken.") with
                {
                    Nearest = [TestTenant.Monday.AddHours(3)],
                });
            }));
        _shown.WaitForAssertion(() => _shown.Markup.Should().Contain("Why is this time not offered?"));
        // The free times are asked for beside the reasons.
        _shown.WaitForAssertion(
            () => _shown.FindAll(".chip").Select(chip => chip.TextContent.Trim()).Should().Contain("10:30").And.NotContain("10:00"));

        await _shown.Find("form").SubmitAsync();
        sent.Should().BeEmpty("there is no name yet");
        _shown.Markup.Should().Contain("Enter a name.");

        await Field("Name").ChangeAsync(new ChangeEventArgs { Value = "Jo Field" });
        await _shown.Find("form").SubmitAsync();
        await _shown.Find("form").SubmitAsync();

        sent.Should().HaveCount(2);
        sent[0].SubmitId.Should().NotBeNull().And.Be(sent[1].SubmitId!.Value);
        _shown.Find(".refusal").TextContent.Should().Contain("just taken").And.Contain("11:00");

        await _shown.Find(".refusal .chip").ClickAsync(new());

        _shown.WaitForAssertion(() => Field("Time").GetAttribute("value").Should().Be("11:00"));
    }

    [Theory]
    [InlineData("Email", "no address", "Enter an email address such as jo@example.com, or leave it empty.")]
    [InlineData("Name", "\u200b", "Enter the name of the person who is booked.")]
    [InlineData("Phone", "long", "The phone number is too long")]
    [InlineData("Title", "long", "The title is too long")]
    [InlineData("Notes", "long", "The notes are too long")]
    public async Task A_booking_with_a_wrong_field_is_refused_beside_it_and_not_sent(string field, string typed, string problem)
    {
        await using var tenant = await TestTenant.CreateAsync();
        await tenant.CalendarAsync(CalendarType.Personal, [tenant.Admin]);
        var text = typed is "long" ? new string('1', Appointment.NotesMaxLength + 1) : typed;
        var sent = await ShowBookAsync(tenant, TestTenant.Monday.AddHours(2));
        await Field("Name").ChangeAsync(new ChangeEventArgs { Value = "Jo Field" });

        await Field(field).ChangeAsync(new ChangeEventArgs { Value = text });
        await _shown.Find("form").SubmitAsync();

        Field(field).Closest(".mud-input-control")!.TextContent.Should().Contain(problem);
        sent.Should().BeEmpty();
        _shown.FindAll(".refusal").Should().BeEmpty();
        (Field(field).GetAttribute("value") ?? Field(field).TextContent).Should().Be(text);
    }

    [Fact]
    public async Task A_time_that_the_clocks_leave_out_is_refused_beside_its_field_and_another_day_takes_it_back()
    {
        await using var tenant = await TestTenant.CreateAsync();
        await tenant.CalendarAsync(CalendarType.Personal, [tenant.Admin]);
        var sent = await ShowBookAsync(tenant, null, DateTimeZoneProviders.Tzdb["Europe/Berlin"]);
        await Field("Name").ChangeAsync(new ChangeEventArgs { Value = "Jo Field" });

        await Field("Date").ChangeAsync(new ChangeEventArgs { Value = "2025-03-30" });
        await Field("Time").ChangeAsync(new ChangeEventArgs { Value = "02:30" });
        await _shown.Find("form").SubmitAsync();

        Field("Time").Closest(".mud-input-control")!.TextContent.Should().Contain("this time does not exist on this day");
        sent.Should().BeEmpty();
        _shown.FindAll(".mud-alert").Should().BeEmpty();

        await Field("Date").ChangeAsync(new ChangeEventArgs { Value = "2025-03-31" });

        _shown.FindAll(".mud-input-error").Should().BeEmpty();
    }

    [Theory]
    [InlineData("#edit-email", "no address", "Enter an email address such as jo@example.com")]
    [InlineData("#edit-length", "3", "An appointment lasts 5 minutes to 24 hours")]
    [InlineData("#edit-length", "2000", "An appointment lasts 5 minutes to 24 hours")]
    public async Task An_edit_with_a_wrong_field_is_refused_beside_it_and_kept(string field, string typed, string problem)
    {
        var sent = new List<EditRequest>();
        _popovers = _bunit.Render<MudPopoverProvider>();
        var form = _bunit.Render<AppointmentForm>(parameters => parameters
            .Add(component => component.Details, Some())
            .Add(component => component.Zone, DateTimeZone.Utc)
            .Add(component => component.OnSubmit, request =>
            {
                sent.Add(request);
                return Task.FromResult(BookingOutcome.Done(request.Id));
            }));

        await form.Find(field).ChangeAsync(new ChangeEventArgs { Value = typed });
        await form.Find("form").SubmitAsync();

        form.Find(field).Closest(".mud-input-control")!.TextContent.Should().Contain(problem);
        form.Find(field).GetAttribute("value").Should().Be(typed);
        sent.Should().BeEmpty();
    }

    [Fact]
    public async Task A_move_with_a_duration_that_cannot_be_is_refused_beside_its_field_and_kept()
    {
        await using var tenant = await TestTenant.CreateAsync();
        var calendar = await tenant.CalendarAsync(CalendarType.Personal, [tenant.Admin]);
        var id = await tenant.BookedAsync(calendar, TestTenant.Monday.AddHours(2));
        await ShowMoveAsync(tenant, id, wholeSlot: false, _ => BookingOutcome.Done(id));

        await _shown.Find("#move-length").ChangeAsync(new ChangeEventArgs { Value = "3" });
        await _shown.Find("form").SubmitAsync();

        Field("Duration in minutes").Closest(".mud-input-control")!.TextContent.Should()
            .Contain("An appointment lasts 5 minutes to 24 hours");
        Field("Duration in minutes").GetAttribute("value").Should().Be("3");
    }

    [Fact]
    public async Task A_typed_time_stays_while_the_form_is_drawn_again_and_what_is_no_time_is_said_beside_the_field()
    {
        await using var tenant = await TestTenant.CreateAsync();
        var calendar = await tenant.CalendarAsync(CalendarType.Personal, [tenant.Admin]);
        _bunit.Services.AddSingleton(tenant.FreeSlots);
        RenderProviders();
        DateTimeOffset? chosen = null;
        var fields = _bunit.Render<WhenFields>(parameters => parameters
            .Add(component => component.Actor, tenant.AsAdmin)
            .Add(component => component.Zone, DateTimeZone.Utc)
            .Add(component => component.CalendarId, calendar)
            .Add(component => component.StartChanged, start => chosen = start));
        IElement Typed(string label) =>
            fields.Find($"#{fields.FindAll("label").Single(each => each.TextContent.Trim() == label).GetAttribute("for")}");

        await Typed("Date").ChangeAsync(new ChangeEventArgs { Value = "2025-01-06" });
        await Typed("Time").ChangeAsync(new ChangeEventArgs { Value = "2 pm" });

        Typed("Time").GetAttribute("value").Should().Be("2 pm");
        chosen.Should().Be(new DateTimeOffset(2025, 1, 6, 14, 0, 0, TimeSpan.Zero));

        await Typed("Time").ChangeAsync(new ChangeEventArgs { Value = "25:00" });

        chosen.Should().BeNull();
        fields.Markup.Should().Contain("Enter a time such as 14:30.");

        await Typed("Date").ChangeAsync(new ChangeEventArgs { Value = "6 January" });

        fields.Markup.Should().Contain("Enter a date such as 31/03/2026.");
        Typed("Date").GetAttribute("value").Should().Be("6 January", "nothing typed is lost");
    }

    [Fact]
    public async Task Rescheduling_shows_the_times_where_the_appointment_fits_with_its_own_length()
    {
        await using var tenant = await TestTenant.CreateAsync();
        var calendar = await tenant.CalendarAsync(CalendarType.Personal, [tenant.Admin], new BookingRules { LengthMinutes = 60 });
        var id = await tenant.BookedAsync(calendar, TestTenant.Monday.AddHours(2));
        await tenant.Database.WriteAsync(async db => (await db.Calendars.FindAsync(calendar))!.Rules = new BookingRules());
        await tenant.BookedAsync(calendar, TestTenant.Monday.AddHours(4.5));

        await ShowMoveAsync(tenant, id, wholeSlot: false, _ => BookingOutcome.Done(id));

        _shown.WaitForAssertion(() => _shown.FindAll(".chip").Select(
            chip => chip.TextContent.Trim()).Should().Contain("11:30").And.Contain("13:00").And.NotContain("12:00"));

        await _shown.Find("#move-length").ChangeAsync(new ChangeEventArgs { Value = "30" });

        _shown.WaitForAssertion(() => _shown.FindAll(".chip").Select(chip => chip.TextContent.Trim()).Should().Contain("12:00"));
    }

    [Fact]
    public async Task A_whole_slot_is_moved_by_the_rules_unless_staff_override_them()
    {
        await using var tenant = await TestTenant.CreateAsync();
        var calendar = await tenant.CalendarAsync(CalendarType.ClassBooking, [tenant.Admin], new BookingRules { Seats = 2 });
        var id = await tenant.BookedAsync(calendar, TestTenant.Monday.AddHours(2));
        await tenant.BookedAsync(calendar, TestTenant.Monday.AddHours(2));
        var sent = new List<BookingOverride>();
        await ShowMoveAsync(tenant, id, wholeSlot: true, request =>
        {
            sent.Add(request.Override);
            return BookingOutcome.Refused(Refusal.NotOffered, "The calendar is closed.");
        });
        _shown.Markup.Should().NotContain("anyway");

        await _shown.Find("form").SubmitAsync();
        await _shown.Find("input[type=checkbox]").ChangeAsync(new ChangeEventArgs { Value = true });
        await _shown.Find("form").SubmitAsync();

        _shown.Markup.Should().Contain("Move them anyway").And.NotContain("Double-book");
        sent.Should().Equal(BookingOverride.None, BookingOverride.Staff);
    }

    /// <returns>What was sent.</returns>
    private async Task<List<BookRequest>> ShowBookAsync(TestTenant tenant, DateTimeOffset? start, DateTimeZone? zone = null)
    {
        _bunit.Services.AddSingleton(tenant.FreeSlots);
        RenderProviders();
        var directory = await new ScheduleReader(tenant.Database, _bunit.Services.GetRequiredService<TimeProvider>())
            .DirectoryAsync(tenant.AsAdmin, CancellationToken.None);
        var sent = new List<BookRequest>();
        _bunit.Render<BookDialog>(parameters => parameters
            .Add(component => component.Directory, directory)
            .Add(component => component.Actor, tenant.AsAdmin)
            .Add(component => component.Zone, zone ?? DateTimeZone.Utc)
            .Add(component => component.Start, start)
            .Add(component => component.OnSubmit, request =>
            {
                sent.Add(request);
                return Task.FromResult(BookingOutcome.Refused(Refusal.Invalid, "Refused."));
            }));
        return sent;
    }

    private async Task<IRenderedComponent<MoveDialog>> ShowMoveAsync(
        TestTenant tenant, AppointmentId id, bool wholeSlot, Func<MoveSlotRequest, BookingOutcome> submit)
    {
        var reader = new ScheduleReader(tenant.Database, new FakeTimeProvider(TestTenant.Monday));
        _bunit.Services.AddSingleton(tenant.FreeSlots);
        _bunit.Services.AddSingleton(reader);
        RenderProviders();
        var details = (await reader.DetailsAsync(tenant.AsAdmin, id, CancellationToken.None))!;
        var directory = await reader.DirectoryAsync(tenant.AsAdmin, CancellationToken.None);
        return _bunit.Render<MoveDialog>(parameters => parameters
            .Add(component => component.Details, details)
            .Add(component => component.Proposal, new Proposal(details.Card, details.Card.Start, details.Card.End, null))
            .Add(component => component.WholeSlot, wholeSlot)
            .Add(component => component.Directory, directory)
            .Add(component => component.Actor, tenant.AsAdmin)
            .Add(component => component.Zone, DateTimeZone.Utc)
            .Add(component => component.OnSubmit, request => Task.FromResult(BookingOutcome.Done(request.Id)))
            .Add(component => component.OnSubmitSlot, request => Task.FromResult(submit(request))));
    }

    private static AppointmentDetails Some()
    {
        var id = new AppointmentId(Guid.Parse("00000000-0000-0000-0000-000000000001"));
        return new AppointmentDetails
        {
            Card = new AppointmentCard
            {
                Id = id,
                Version = 1,
                Slot = new Slot(CalendarId.New(TestTenant.Monday), new UserId(Guid.NewGuid()), TestTenant.Monday),
                End = TestTenant.Monday.AddMinutes(30),
                Title = "Intake",
                BookerName = "Jo Field",
                Status = AppointmentStatus.Confirmed,
                Location = MeetingLocation.Zoom,
                Link = new LinkFacts(LinkState.OnItsWay),
                IsMine = true,
            },
            Booker = new Booker { Name = "Jo Field", Email = "jo@field.test" },
            Notes = "",
            CalendarName = "Coaching",
            HostName = "Ben",
            DoubleBook = false,
            PresentLocation = MeetingLocation.Zoom,
            SameSlot = [],
        };
    }

    /// <summary>Once all services are there.</summary>
    private void RenderProviders()
    {
        _popovers = _bunit.Render<MudPopoverProvider>();
        _shown = _bunit.Render<MudDialogProvider>();
    }

    private IElement Field(string label) =>
        _shown.Find($"#{_shown.FindAll("label").Single(each => each.TextContent.Trim().TrimEnd('*') == label).GetAttribute("for")}");

    private List<string> Buttons() =>
        [.. _shown.FindAll("button").Select(button => button.TextContent.Trim())];

    private IRenderedComponent<DetailsDialog> ShowDetails(AppointmentDetails details)
    {
        RenderProviders();
        return _bunit.Render<DetailsDialog>(parameters => parameters
        .Add(component => component.Details, details)
        .Add(component => component.Zone, DateTimeZone.Utc)
        .Add(component => component.OnEdit, request => Task.FromResult(BookingOutcome.Done(request.Id)))
        .Add(component => component.OnStatus, change => Task.FromResult(BookingOutcome.Done(change.Card.Id)))
        .Add(component => component.OnSwitchLocation, card => Task.FromResult(BookingOutcome.Done(card.Id)))
        .Add(component => component.OnAskForLink, card => Task.FromResult(BookingOutcome.Done(card.Id)))
        .Add(component => component.OnConfirmAgain, card => Task.FromResult(BookingOutcome.Done(card.Id)))
        .Add(component => component.OnDelete, card => Task.FromResult(BookingOutcome.Done(card.Id))));
    }
}
