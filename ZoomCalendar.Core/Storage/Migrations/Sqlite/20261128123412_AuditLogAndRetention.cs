using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ZoomCalendar.Core.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AuditLogAndRetention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "BookerDataMonths",
                table: "sub_accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "NextSweepAt",
                table: "sub_accounts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ErasedAt",
                table: "appointments",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit_log",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    SubAccountId = table.Column<Guid>(type: "TEXT", nullable: true),
                    UserId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Device = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_log", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_messages_to_bookers_alone",
                table: "messages",
                columns: new[] { "SubAccountId", "CreatedAt", "Address" },
                filter: "\"AppointmentId\" IS NULL AND \"Receiver\" = 'Booker'");

            migrationBuilder.CreateIndex(
                name: "IX_appointments_not_erased",
                table: "appointments",
                columns: new[] { "SubAccountId", "Start" },
                filter: "\"ErasedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_audit_log_At",
                table: "audit_log",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_audit_log_SubAccountId_Id",
                table: "audit_log",
                columns: new[] { "SubAccountId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_log_SubAccountId_Kind_Id",
                table: "audit_log",
                columns: new[] { "SubAccountId", "Kind", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_log_SubAccountId_UserId_Id",
                table: "audit_log",
                columns: new[] { "SubAccountId", "UserId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_audit_log_SubAccountId_UserId_Kind_Id",
                table: "audit_log",
                columns: new[] { "SubAccountId", "UserId", "Kind", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_log");

            migrationBuilder.DropIndex(
                name: "IX_messages_to_bookers_alone",
                table: "messages");

            migrationBuilder.DropIndex(
                name: "IX_appointments_not_erased",
                table: "appointments");

            migrationBuilder.DropColumn(
                name: "BookerDataMonths",
                table: "sub_accounts");

            migrationBuilder.DropColumn(
                name: "NextSweepAt",
                table: "sub_accounts");

            migrationBuilder.DropColumn(
                name: "ErasedAt",
                table: "appointments");
        }
    }
}
