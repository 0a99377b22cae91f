namespace ZoomCalendar.Web.Legal;

internal static class SiteOperatorSetup
{
    public static WebApplicationBuilder AddSiteOperator(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OperatorOptions>().BindConfiguration(OperatorOptions.SectionName);
        builder.Services.AddSingleton<SiteOperator>();
        return builder;
    }
}
