using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ZoomCalendar.Core.Storage.Migrations.Sqlite
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
                type: "TEXT",
                maxLength: 30,
                nullable: false,
                defaultValue: "Nobody");

            migrationBuilder.AddColumn<bool>(
                name: "HasSecondFactor",
                table: "sessions",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "ProvenAt",
                table: "sessions",
                type: "INTEGER",
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
