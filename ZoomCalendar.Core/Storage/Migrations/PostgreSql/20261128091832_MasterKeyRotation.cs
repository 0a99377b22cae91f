using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ZoomCalendar.Core.Storage.Migrations.PostgreSql
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
                type: "character varying(200)",
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
