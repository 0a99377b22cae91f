using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ZoomCalendar.Core.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FailedRequestsAndWebhookClaims : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "FailedRequests",
                table: "zoom_accounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "LastFailedRequest",
                table: "zoom_accounts",
                type: "TEXT",
                maxLength: 30,
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LastFailedRequestAt",
                table: "zoom_accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "ClaimedBy",
                table: "webhooks",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ClaimedUntil",
                table: "webhooks",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Failures",
                table: "webhooks",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "RestsUntil",
                table: "webhooks",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "FailedOn",
                table: "slot_meetings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "FailedRequests",
                table: "slot_meetings",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_line",
                table: "webhook_deliveries",
                columns: new[] { "WebhookId", "EventId" },
                filter: "\"NextAttemptAt\" IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_webhook_deliveries_line",
                table: "webhook_deliveries");

            migrationBuilder.DropColumn(
                name: "FailedRequests",
                table: "zoom_accounts");

            migrationBuilder.DropColumn(
                name: "LastFailedRequest",
                table: "zoom_accounts");

            migrationBuilder.DropColumn(
                name: "LastFailedRequestAt",
                table: "zoom_accounts");

            migrationBuilder.DropColumn(
                name: "ClaimedBy",
                table: "webhooks");

            migrationBuilder.DropColumn(
                name: "ClaimedUntil",
                table: "webhooks");

            migrationBuilder.DropColumn(
                name: "Failures",
                table: "webhooks");

            migrationBuilder.DropColumn(
                name: "RestsUntil",
                table: "webhooks");

            migrationBuilder.DropColumn(
                name: "FailedOn",
                table: "slot_meetings");

            migrationBuilder.DropColumn(
                name: "FailedRequests",
                table: "slot_meetings");
        }
    }
}
