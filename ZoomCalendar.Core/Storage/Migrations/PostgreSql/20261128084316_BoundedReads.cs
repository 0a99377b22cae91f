using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ZoomCalendar.Core.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class BoundedReads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_events_given_to_another_host",
                table: "events",
                columns: new[] { "SubAccountId", "UserId" },
                filter: "\"Kind\" = 'AppointmentMoved' AND \"FormerUserId\" <> \"UserId\"");

            migrationBuilder.CreateIndex(
                name: "IX_events_notices",
                table: "events",
                columns: new[] { "SubAccountId", "At" },
                filter: "\"Kind\" IN ('ConnectionLost', 'ConnectionEnded', 'LinkLost', 'LinkChangedInZoom', 'LinkOverdue', 'LinkDropped', 'LinkWaiting', 'QuotaNear', 'QuotaUsedUp')");

            migrationBuilder.CreateIndex(
                name: "IX_events_SubAccountId_ActorId_Id",
                table: "events",
                columns: new[] { "SubAccountId", "ActorId", "Id" },
                filter: "\"ActorId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_events_SubAccountId_Kind_Id",
                table: "events",
                columns: new[] { "SubAccountId", "Kind", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_events_SubAccountId_SlotMeetingId",
                table: "events",
                columns: new[] { "SubAccountId", "SlotMeetingId" },
                filter: "\"AppointmentId\" IS NULL AND \"SlotMeetingId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_events_SubAccountId_UserId_Id",
                table: "events",
                columns: new[] { "SubAccountId", "UserId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_appointments_SubAccountId_HostId_Start",
                table: "appointments",
                columns: new[] { "SubAccountId", "HostId", "Start" });

            migrationBuilder.CreateIndex(
                name: "IX_appointments_SubAccountId_NormalizedEmail_Start",
                table: "appointments",
                columns: new[] { "SubAccountId", "NormalizedEmail", "Start" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_events_given_to_another_host",
                table: "events");

            migrationBuilder.DropIndex(
                name: "IX_events_notices",
                table: "events");

            migrationBuilder.DropIndex(
                name: "IX_events_SubAccountId_ActorId_Id",
                table: "events");

            migrationBuilder.DropIndex(
                name: "IX_events_SubAccountId_Kind_Id",
                table: "events");

            migrationBuilder.DropIndex(
                name: "IX_events_SubAccountId_SlotMeetingId",
                table: "events");

            migrationBuilder.DropIndex(
                name: "IX_events_SubAccountId_UserId_Id",
                table: "events");

            migrationBuilder.DropIndex(
                name: "IX_appointments_SubAccountId_HostId_Start",
                table: "appointments");

            migrationBuilder.DropIndex(
                name: "IX_appointments_SubAccountId_NormalizedEmail_Start",
                table: "appointments");
        }
    }
}
