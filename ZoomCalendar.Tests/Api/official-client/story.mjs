// A whole story told by the platform's own client, unmodified but for its base address.
import assert from 'node:assert/strict';
import {
  HighLevel, GHLAuthenticationError, GHLForbiddenError, GHLNotFoundError, GHLRateLimitError, GHLValidationError,
} from '@gohighlevel/api-client';

const { BASE, LIMITED_BASE, TOKEN, READ_ONLY_TOKEN, LOCATION, CALENDAR } = process.env;

function client(baseURL, privateIntegrationToken) {
  const highLevel = new HighLevel({ privateIntegrationToken, logLevel: 'error' });
  highLevel.getHttpClient().defaults.baseURL = baseURL;
  return highLevel;
}

async function until(what, look, seconds = 60) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail(`no ${what} within ${seconds} seconds`);
}

const ghl = client(BASE, TOKEN);

const { contact, new: isNew } = await ghl.contacts.upsertContact({
  locationId: LOCATION, firstName: 'Jo', lastName: 'Field', email: 'jo.field@example.com', timezone: 'America/Chicago',
});
assert.equal(isNew, true);
assert.equal((await ghl.contacts.getContact({ contactId: contact.id })).contact.email, 'jo.field@example.com');

// Contacts are listed, searched, changed, found by their address and deleted.
const passing = (await ghl.contacts.createContact({ locationId: LOCATION, firstName: 'Özlem', lastName: 'Passing', email: 'ozlem.passing@example.com' })).contact;
const listed = await ghl.contacts.getContacts({ locationId: LOCATION, query: 'özlem', limit: 10 });
assert.deepEqual(listed.contacts.map((each) => each.id), [passing.id]);
const found = await ghl.contacts.searchContactsAdvanced({ locationId: LOCATION, page: 1, pageLimit: 20, filters: [{ field: 'email', operator: 'eq', value: 'OZLEM.PASSING@example.com' }] });
assert.deepEqual([found.total, found.contacts[0].id], [1, passing.id]);
assert.equal((await ghl.contacts.getDuplicateContact({ locationId: LOCATION, email: 'ozlem.passing@example.com' })).contact.id, passing.id);
const read = (await ghl.contacts.getContact({ contactId: passing.id })).contact;
assert.deepEqual((await ghl.contacts.updateContact({ contactId: passing.id }, read)).contact, read);
assert.equal((await ghl.contacts.updateContact({ contactId: passing.id }, { lastName: 'Staying' })).contact.name, 'Özlem Staying');
assert.equal((await ghl.contacts.deleteContact({ contactId: passing.id })).succeded, true);
await assert.rejects(ghl.contacts.getContact({ contactId: passing.id }), GHLNotFoundError);

const { users } = await ghl.users.getUserByLocation({ locationId: LOCATION });
assert.ok(users.some((user) => user.name === 'Ben Okafor'));

const { calendars } = await ghl.calendars.getCalendars({ locationId: LOCATION });
const calendar = calendars.find((each) => each.id === CALENDAR);
assert.equal(calendar.teamMembers[0].locationConfigurations[0].kind, 'zoom_conference');

// What was read can be sent back.
const { calendar: before } = await ghl.calendars.getCalendar({ calendarId: CALENDAR });
assert.deepEqual((await ghl.calendars.updateCalendar({ calendarId: CALENDAR }, before)).calendar, before);

const startDate = Date.now() + 24 * 60 * 60 * 1000;
const days = await ghl.calendars.getSlots({
  calendarId: CALENDAR, startDate, endDate: startDate + 7 * 24 * 60 * 60 * 1000, timezone: 'America/Chicago', userIds: [calendar.teamMembers[0].userId],
});
const free = Object.entries(days).filter(([day]) => day !== 'traceId').flatMap(([, { slots }]) => slots);
assert.ok(free.length > 3);

const booking = { calendarId: CALENDAR, locationId: LOCATION, contactId: contact.id, startTime: free[0], title: 'Talk with Jo' };
const booked = await ghl.calendars.createAppointment(booking);
assert.ok(booked.id);
assert.equal(booked.startTime, free[0]);

const linkOf = async () => (await ghl.calendars.getAppointment({ eventId: booked.id })).event.address;
const link = await until('Zoom link', linkOf);
assert.match(link, /^https?:\/\/.+\/j\/\d+/);

const moved = await ghl.calendars.editAppointment({ eventId: booked.id }, { startTime: free[2] });
assert.equal(moved.startTime, free[2]);
const newLink = await until('new Zoom link', async () => { const now = await linkOf(); return now && now !== link ? now : null; });
assert.notEqual(newLink, link);

const { events } = await ghl.calendars.getCalendarEvents({
  locationId: LOCATION, calendarId: CALENDAR, startTime: String(startDate), endTime: String(startDate + 8 * 24 * 60 * 60 * 1000),
});
assert.ok(events.some((event) => event.id === booked.id && event.address === newLink));

const block = await ghl.calendars.createBlockSlot({ locationId: LOCATION, calendarId: undefined, assignedUserId: calendar.teamMembers[0].userId, startTime: free[6], endTime: free[7], title: 'Dentist' });
assert.ok(block.id);

// 400: a taken slot; 422: a booking without a start; 401, 403, 404 and 429 as the client knows them.
await assert.rejects(ghl.calendars.createAppointment({ ...booking, startTime: free[2] }), (error) => {
  assert.ok(error instanceof GHLValidationError);
  assert.equal(error.statusCode, 400);
  assert.equal(error.response.message, 'The slot you have selected is no longer available.');
  return true;
});
await assert.rejects(ghl.calendars.createAppointment({ ...booking, startTime: undefined }), (error) => {
  assert.ok(error instanceof GHLValidationError);
  assert.equal(error.statusCode, 422);
  assert.ok(Array.isArray(error.response.message));
  return true;
});
await assert.rejects(client(BASE, 'pit-nobody-knows-this-one').calendars.getCalendars({ locationId: LOCATION }), GHLAuthenticationError);
await assert.rejects(client(BASE, READ_ONLY_TOKEN).calendars.createAppointment(booking), GHLForbiddenError);
await assert.rejects(ghl.calendars.getAppointment({ eventId: 'nothing' }), GHLNotFoundError);
await assert.rejects(async () => {
  const limited = client(LIMITED_BASE, TOKEN);
  for (let i = 0; i < 5; i++) await limited.calendars.getCalendar({ calendarId: 'nothing' }).catch((error) => { if (error.statusCode !== 404) throw error; });
}, (error) => error instanceof GHLRateLimitError && error.rateLimit.scope === 'burst' && error.rateLimit.max === 3);

const cancelled = await ghl.calendars.editAppointment({ eventId: booked.id }, { appointmentStatus: 'cancelled' });
assert.equal(cancelled.appointmentStatus, 'cancelled');
assert.equal(cancelled.address, '');
assert.equal((await ghl.calendars.deleteEvent({ eventId: booked.id }, {})).succeeded, true);
await assert.rejects(ghl.calendars.getAppointment({ eventId: booked.id }), GHLNotFoundError);

console.log('The story is told.');
