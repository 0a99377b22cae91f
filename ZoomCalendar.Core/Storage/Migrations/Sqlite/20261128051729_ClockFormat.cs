using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ZoomCalendar.Core.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class ClockFormat : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Clock",
                table: "users",
                type: "TEXT",
                maxLength: 30,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Clock",
                table: "users");
        }
    }
}
