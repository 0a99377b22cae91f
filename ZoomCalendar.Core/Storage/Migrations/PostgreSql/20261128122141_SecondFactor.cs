using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ZoomCalendar.Core.Storage.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class SecondFactor : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "SecondFactor",
                table: "sub_accounts",
                type: "character varying(30)",
                maxLength: 30,
                nullable: false,
                defaultValue: "Nobody");

            migrationBuilder.AddColumn<bool>(
                name: "HasSecondFactor",
                table: "sessions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ProvenAt",
                table: "sessions",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "SecondFactor",
                table: "sub_accounts");

            migrationBuilder.DropColumn(
                name: "HasSecondFactor",
                table: "sessions");

            migrationBuilder.DropColumn(
                name: "ProvenAt",
                table: "sessions");
        }
    }
}
