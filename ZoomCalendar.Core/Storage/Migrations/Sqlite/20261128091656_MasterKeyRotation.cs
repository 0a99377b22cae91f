using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ZoomCalendar.Core.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class MasterKeyRotation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "WrappedHashKey",
                table: "installation",
                type: "TEXT",
                maxLength: 200,
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "WrappedHashKey",
                table: "installation");
        }
    }
}
