using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ZoomCalendar.Core.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ComparedText : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "FormId",
                table: "waiting_entries",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NormalizedEmail",
                table: "invitations",
                type: "TEXT",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SearchText",
                table: "contacts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "FirstSubmitId",
                table: "appointments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "NormalizedEmail",
                table: "appointments",
                type: "TEXT",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SearchText",
                table: "appointments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SubmitHash",
                table: "appointments",
                type: "TEXT",
                maxLength: 43,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_waiting_entries_FormId",
                table: "waiting_entries",
                column: "FormId");

            migrationBuilder.CreateIndex(
                name: "IX_appointments_FirstSubmitId",
                table: "appointments",
                column: "FirstSubmitId");

            migrationBuilder.CreateIndex(
                name: "IX_appointments_SubAccountId_NormalizedEmail",
                table: "appointments",
                columns: new[] { "SubAccountId", "NormalizedEmail" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_waiting_entries_FormId",
                table: "waiting_entries");

            migrationBuilder.DropIndex(
                name: "IX_appointments_FirstSubmitId",
                table: "appointments");

            migrationBuilder.DropIndex(
                name: "IX_appointments_SubAccountId_NormalizedEmail",
                table: "appointments");

            migrationBuilder.DropColumn(
                name: "FormId",
                table: "waiting_entries");

            migrationBuilder.DropColumn(
                name: "NormalizedEmail",
                table: "invitations");

            migrationBuilder.DropColumn(
                name: "SearchText",
                table: "contacts");

            migrationBuilder.DropColumn(
                name: "FirstSubmitId",
                table: "appointments");

            migrationBuilder.DropColumn(
                name: "NormalizedEmail",
                table: "appointments");

            migrationBuilder.DropColumn(
                name: "SearchText",
                table: "appointments");

            migrationBuilder.DropColumn(
                name: "SubmitHash",
                table: "appointments");
        }
    }
}
