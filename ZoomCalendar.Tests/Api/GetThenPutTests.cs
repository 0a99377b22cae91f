using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using ZoomCalendar.Core.Accounts;
using ZoomCalendar.Core.Appointments;
using ZoomCalendar.Core.Calendars;
using ZoomCalendar.Core.Ids;
using ZoomCalendar.Core.Scheduling;

namespace ZoomCalendar.Tests.Api;

/// <summary>Sending back by PUT what GET returned changes nothing: neither the resource nor its version or history.</summary>
public sealed class GetThenPutTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const int Tries = 60;

    private static readonly string[] Texts = ["", "A talk", "Ünal & Söhne", "line\nbreak", "emoji 🎉 \"quoted\"", "trailing dot.", "日本語"];

    [Fact]
    public async Task A_calendar_sent_back_as_it_was_read_stays_as_it_is()
    {
        for (var seed = 0; seed < Tries; seed++)
        {
            var id = await NewCalendarAsync(new Random(seed));
            var stored = await StoredAsync(id);
            var read = await host.Api.GetAsync($"/calendars/{id}");

            var answer = await host.Api.PutAsync($"/calendars/{id}", read.Body.GetProperty("calendar"));

            answer.Status.Should().Be(200, "{0}, seed {1}: {2}", id, seed, answer.Body);
            Same(answer, read, "calendar", seed);
            (await StoredAsync(id)).Should().Be(stored, "seed {0}", seed);
        }
    }

    [Fact]
    public async Task Each_field_of_a_calendar_sent_back_alone_changes_nothing()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var id = await NewCalendarAsync(new Random(seed));
            var stored = await StoredAsync(id);
            var read = await host.Api.GetAsync($"/calendars/{id}");
            foreach (var field in read.Body.GetProperty("calendar").EnumerateObject())
            {
                var body = new JsonObject { [field.Name] = JsonNode.Parse(field.Value.GetRawText()) };
                if (field.Name.EndsWith("Unit", StringComparison.Ordinal))
                {
                    continue;
                }

                var answer = await host.Api.PutAsync($"/calendars/{id}", body);

                answer.Status.Should().Be(200, "{0} of seed {1}: {2}", field.Name, seed, answer.Body);
            }

            (await StoredAsync(id)).Should().Be(stored, "seed {0}", seed);
        }
    }

    [Fact]
    public async Task A_calendar_copied_to_another_one_is_read_the_same()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var source = (await host.Api.GetAsync($"/calendars/{await NewCalendarAsync(new Random(seed))}")).Body.GetProperty("calendar");
            var copy = JsonObject.Create(source)!;
            string[] own = ["id", "slug", "widgetSlug", "timezone"];
            own.ToList().ForEach(field => copy.Remove(field));
            // A new calendar has a host, and uses Zoom only with a connection.
            if ((copy["teamMembers"]!.AsArray().Count == 0 && copy["calendarType"]!.GetValue<string>() != "event")
                || copy.ToJsonString().Contains("zoom_conference"))
            {
                continue;
            }

            var made = await host.Api.PostAsync("/calendars/", copy);

            made.Status.Should().Be(200, "seed {0}: {1}", seed, made.Body);
            foreach (var field in copy.Where(field => field.Key is not ("teamMembers" or "isActive")))
            {
                made.Body.GetProperty("calendar").GetProperty(field.Key).GetRawText().Should()
                    .Be(source.GetProperty(field.Key).GetRawText(), "{0} of seed {1}", field.Key, seed);
            }
        }
    }

    [Fact]
    public async Task An_appointment_sent_back_as_it_was_read_stays_as_it_is()
    {
        for (var seed = 0; seed < Tries / 3; seed++)
        {
            var id = await NewAppointmentAsync(new Random(seed));
            var path = $"/calendars/events/appointments/{id}";
            var read = await host.Api.GetAsync(path);
            var history = await host.Api.GetAsync($"{path}/history");

            var answer = await host.Api.PutAsync(path, read.Body.GetProperty("event"));

            answer.Status.Should().Be(200, "seed {0}: {1}", seed, answer.Body);
            Same(await host.Api.GetAsync(path), read, "event", seed);
            (await host.Api.GetAsync($"{path}/history")).Body.GetProperty("history").GetArrayLength().Should()
                .Be(history.Body.GetProperty("history").GetArrayLength());
        }
    }

    [Fact]
    public async Task A_blocked_time_sent_back_as_it_was_listed_or_made_stays_as_it_is()
    {
        var (user, yoga) = (await host.UserIdAsync("ben@demo.test"), await host.CalendarIdAsync("yoga-class"));
        for (var seed = 0; seed < Tries / 3; seed++)
        {
            var random = new Random(seed);
            var start = new DateTimeOffset(2031, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(seed * 3).AddMilliseconds(random.Next(86_400_000));
            var end = start.AddMilliseconds(1 + random.Next(172_800_000));
            var whose = random.Next(2) == 0 ? ("assignedUserId", user) : ("calendarId", yoga);
            var made = await host.Api.PostAsync("/calendars/events/block-slots", new JsonObject
            {
                ["locationId"] = host.LocationId,
                ["title"] = Texts[random.Next(Texts.Length)].Replace('\n', ' '),
                ["startTime"] = start.ToUnixTimeMilliseconds(),
                ["endTime"] = end.ToUnixTimeMilliseconds(),
                [whose.Item1] = whose.Item2,
            });
            made.Status.Should().Be(201, made.Body.ToString());
            var listed = await ListedAsync(made.Id, start);

            var listedBack = await host.Api.PutAsync($"/calendars/events/block-slots/{made.Id}", listed);
            var madeBack = await host.Api.PutAsync($"/calendars/events/block-slots/{made.Id}", made.Body);

            listedBack.Status.Should().Be(201, "seed {0}: {1}", seed, listedBack.Body);
            madeBack.Status.Should().Be(201, "seed {0}: {1}", seed, madeBack.Body);
            (await ListedAsync(made.Id, start)).GetRawText().Should().Be(listed.GetRawText());
            await using var db = await host.App.OpenDatabaseAsync();
            var stored = await db.BlockedTimes.SingleAsync(row => row.Id == Guid.Parse(made.Id));
            (stored.Start, stored.End, stored.Version).Should().Be((start, end, 0), "seed {0}", seed);
        }
    }

    [Fact]
    public async Task A_contact_sent_back_as_it_was_read_stays_as_it_is()
    {
        string[] names = ["Jo", "Jo Field", "Jo  Field", "Anna Maria von Ünal", "日本 太郎", "O'Neil"];
        for (var seed = 0; seed < Tries / 3; seed++)
        {
            var random = new Random(seed);
            var made = await host.Api.PostAsync("/contacts/upsert", new
            {
                locationId = host.LocationId,
                name = names[random.Next(names.Length)],
                email = random.Next(3) > 0 ? $"Mixed.Case.{Guid.NewGuid():N}@Example.com" : "",
                phone = random.Next(2) == 0 ? $"+1 312 {random.Next(1_000_000)}" : "",
                timezone = random.Next(2) == 0 ? "Asia/Kolkata" : "",
            });
            var path = $"/contacts/{made.Body.GetProperty("contact").GetProperty("id").GetString()}";
            var read = await host.Api.GetAsync(path);

            var answer = await host.Api.PutAsync(path, read.Body.GetProperty("contact"));

            answer.Status.Should().Be(200, "seed {0}: {1}", seed, answer.Body);
            Same(await host.Api.GetAsync(path), read, "contact", seed);
        }
    }

    [Fact]
    public async Task A_changed_read_only_field_is_refused()
    {
        var id = await NewCalendarAsync(new Random(1));

        var answer = await host.Api.PutAsync($"/calendars/{id}", new { id = Guid.NewGuid().ToString(), name = "Renamed" });

        answer.Status.Should().Be(422);
        answer.Message.Should().Contain("id cannot be changed");
    }

    private static void Same(ApiResponse now, ApiResponse before, string part, int seed)
    {
        now.Body.GetProperty(part).GetRawText().Should().Be(before.Body.GetProperty(part).GetRawText(), "seed {0}", seed);
        now.Headers.ETag?.Tag.Should().Be(before.Headers.ETag?.Tag, "seed {0}", seed);
    }

    private async Task<JsonElement> ListedAsync(string id, DateTimeOffset start)
    {
        var list = await host.Api.GetAsync(
            $"/calendars/blocked-slots?locationId={host.LocationId}&startTime={start.AddDays(-1).ToUnixTimeMilliseconds()}&endTime={start.AddDays(3).ToUnixTimeMilliseconds()}");
        return list.Body.GetProperty("events").EnumerateArray().Single(each => each.GetProperty("id").GetString() == id);
    }

    private async Task<string> StoredAsync(string id)
    {
        await using var db = await host.App.OpenDatabaseAsync();
        var calendar = await db.Calendars.AsNoTracking().Include(row => row.Members)
            .SingleAsync(row => row.Id == new CalendarId(Guid.Parse(id)));
        return JsonSerializer.Serialize(new
        {
            calendar.Name,
            calendar.Slug,
            calendar.Description,
            calendar.Type,
            calendar.Version,
            calendar.TimeZone,
            calendar.Hours,
            calendar.Rules,
            calendar.RoundRobinBy,
            calendar.MeetingSettings,
            calendar.Location,
            calendar.Color,
            calendar.EmbedOrigins,
            calendar.ReminderMinutes,
            calendar.IsArchived,
            calendar.RowVersion,
            Members = calendar.Members.OrderBy(member => member.UserId.Value)
                .Select(member => new { member.UserId, member.Location, member.IsPrimaryOwner, member.Priority }),
        });
    }

    private async Task<string> NewCalendarAsync(Random random)
    {
        var users = new[] { new UserId(Guid.Parse(await host.UserIdAsync("ada@demo.test"))), new UserId(
            Guid.Parse(await host.UserIdAsync("ben@demo.test"))), new UserId(Guid.Parse(await host.UserIdAsync("cleo@demo.test"))) };
        var type = Enum.GetValues<CalendarType>()[random.Next(5)];
        var id = new CalendarId(Guid.NewGuid());
        var zone = new[] { "America/Chicago", "Europe/London", "Asia/Kathmandu" }[random.Next(3)];
        var version = random.Next(5) == 0 ? CalendarVersion.V1 : CalendarVersion.V3;
        var name = Texts[random.Next(Texts.Length)].Replace('\n', ' ');
        var calendar = new Calendar(
            id,
            host.Admin.SubAccountId,
            name.Length == 0 ? "Plain" : name,
            id.Value.ToString("N"),
            type,
            version,
            zone,
            DateTimeOffset.UnixEpoch)
        {
            Description = Texts[random.Next(Texts.Length)],
            Color = random.Next(8),
            RoundRobinBy = random.Next(2) == 0 ? RoundRobinBy.Availability : RoundRobinBy.EqualDistribution,
            Hours = random.Next(3) == 0 ? null : AvailabilityJson.Serialize(RandomHours(random, zone)),
            Rules = new BookingRules
            {
                LengthMinutes = random.Next(5, 1441),
                IntervalMinutes = random.Next(5, 1441),
                BufferBeforeMinutes = random.Next(1441),
                BufferAfterMinutes = random.Next(1441),
                MinimumNoticeMinutes = random.Next(2) == 0 ? random.Next(731 * 1440) : random.Next(200),
                HorizonDays = random.Next(1, 732),
                Seats = random.Next(1, 10_000),
                DayLimit = random.Next(2) == 0 ? null : random.Next(1, 100),
                CutOffMinutes = random.Next(1000),
            },
        };
        if (type is CalendarType.Event)
        {
            calendar.ChangeLocation(null, RandomPlace(random));
        }
        else
        {
            var isOne = version is not CalendarVersion.V3 || type is CalendarType.Personal or CalendarType.ClassBooking;
            var members = users.OrderBy(_ => random.Next()).Take(random.Next(8) == 0 ? 0 : isOne ? 1 : random.Next(1, 4)).ToList();
            var primary = random.Next(4) == 0 ? -1 : random.Next(members.Count);
            for (var i = 0; i < members.Count; i++)
            {
                var place = version is CalendarVersion.V3 && random.Next(3) == 0 ? MeetingLocation.Zoom : RandomPlace(random);
                calendar.AddMember(members[i], place, isPrimaryOwner: i == primary, priority: random.Next(-1, 12));
            }
        }

        if (random.Next(6) == 0)
        {
            calendar.Archive();
        }

        await using var db = await host.App.OpenDatabaseAsync();
        db.Calendars.Add(calendar);
        await db.SaveChangesAsync();
        return id.ToString();
    }

    private static MeetingLocation RandomPlace(Random random) => random.Next(4) switch
    {
        0 => MeetingLocation.AskTheBooker,
        1 => new MeetingLocation(MeetingLocationKind.Phone, "+1 312 555 0100"),
        2 => new MeetingLocation(MeetingLocationKind.InPerson, "12 Main St, \"rear\""),
        _ => new MeetingLocation(MeetingLocationKind.Custom, "https://example.com/room?a=1&b=2"),
    };

    private static Availability RandomHours(Random random, string zone)
    {
        int[] times = [0, 1, 60, 540, 599, 720, 1260, 1439, 1440];
        IReadOnlyList<OpenHours> Windows() => [.. Enumerable.Range(0, random.Next(3)).Select(
            _ => new OpenHours(times[random.Next(times.Length)], times[random.Next(times.Length)]))];
        var isNever = random.Next(4) == 0;
        var week = new WeeklyHours(WeeklyHours.Days.Where(_ => !isNever).Select(day => KeyValuePair.Create(day, Windows())));
        return new Availability(
            zone,
            week,
            Enumerable.Range(0, random.Next(4)).Select(day => new DateOverride(new LocalDate(2031, 1, 1).PlusDays(day), Windows())));
    }

    private async Task<string> NewAppointmentAsync(Random random)
    {
        var place = random.Next(3) == 0 ? MeetingLocation.AskTheBooker : RandomPlace(random);
        var calendar = await host.NewCalendarAsync(place);
        var booked = await host.BookAsync(calendar, (await host.FreeAsync(calendar))[random.Next(10)]);
        booked.Status.Should().Be(200, booked.Body.ToString());
        await using var db = await host.App.OpenDatabaseAsync();
        var id = new AppointmentId(Guid.Parse(booked.Id));
        var appointment = await db.Appointments.SingleAsync(row => row.Id == id);
        // Appointments as the database may contain them: of another length, of any status, in the past, of a former host.
        appointment.Status = Enum.GetValues<AppointmentStatus>().Where(status => status is not AppointmentStatus.Deleted)
            .ElementAt(random.Next(6));
        appointment.Title = Texts[random.Next(Texts.Length)].Replace('\n', ' ');
        appointment.Notes = Texts[random.Next(Texts.Length)];
        if (random.Next(2) == 0)
        {
            var start = random.Next(2) == 0 ? appointment.Start.AddDays(-100).AddMinutes(7) : appointment.Start;
            appointment.MoveTo(appointment.HostId, start, start.AddMinutes(random.Next(5, 300)));
        }

        await db.SaveChangesAsync();
        if (random.Next(4) == 0)
        {
            await db.CalendarMembers.Where(row => row.CalendarId == new CalendarId(Guid.Parse(calendar))).ExecuteDeleteAsync();
        }

        return booked.Id;
    }
}
