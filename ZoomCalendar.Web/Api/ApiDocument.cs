using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scalar.AspNetCore;
using ZoomCalendar.Web.Api.Answers;
using ZoomCalendar.Web.Hosting;

namespace ZoomCalendar.Web.Api;

/// <summary>Serves <c>/openapi/v1.json</c> and the page <c>/api-docs</c> that shows it.</summary>
internal static class ApiDocument
{
    private const string Reader = "/api-docs";
    private const string Scheme = "bearer";

    internal const string Name = "v1";

    private static readonly (int Status, string Meaning)[] Errors =
    [
        (StatusCodes.Status400BadRequest, "The time is not free, or the body is not JSON"),
        (StatusCodes.Status401Unauthorized, "No valid token or version"),
        (StatusCodes.Status403Forbidden, "The token lacks the scope"),
        (StatusCodes.Status404NotFound, "There is no such thing in this sub-account"),
        (StatusCodes.Status422UnprocessableEntity, "Fields are missing, wrong or not available; `message` is an array"),
        (StatusCodes.Status429TooManyRequests, "Too many requests"),
    ];

    public static IServiceCollection AddApiDocument(this IServiceCollection services)
    {
        // Numbers are numbers in the document, not "a number or a text".
        services.ConfigureHttpJsonOptions(
            options => options.SerializerOptions.NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict);
        services.AddSingleton<ApiDocumentCache>();
        return services.AddOpenApi(Name, options =>
        {
            options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer(DescribeAsync);
            options.AddOperationTransformer(CompleteAsync);
        });
    }

    public static void MapApiDocument(this WebApplication app)
    {
        app.MapGet("/openapi/{documentName}.json", ReadAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapScalarApiReference(Reader, (options, http) =>
        {
            var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
            var policy = http.Response.Headers.ContentSecurityPolicy.ToString();
            http.Response.Headers.ContentSecurityPolicy = policy.Replace(
                "script-src 'self'", $"script-src 'self' 'nonce-{nonce}'", StringComparison.Ordinal)
                // Its scripts write style elements of their own.
                .Replace("style-src 'self'", "style-src 'self' 'unsafe-inline'", StringComparison.Ordinal);
            options.WithTitle("API").WithNonce(nonce).DisableDefaultFonts().DisableTelemetry().DisableAgent();
        }).AllowAnonymous();
    }

    private static async Task<IResult> ReadAsync(string documentName, HttpResponse response, ApiDocumentCache cache)
    {
        if (documentName != Name)
        {
            return TypedResults.NotFound();
        }

        var (json, tag) = await cache.ReadAsync();
        // A client asks again each time, and mostly learns that it has it already.
        response.Headers.CacheControl = "public, no-cache";
        return TypedResults.Bytes(json, "application/json; charset=utf-8", entityTag: tag);
    }

    private static Task DescribeAsync(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        // Not the host of whoever asks first: it is kept for everybody.
        var own = context.ApplicationServices.GetRequiredService<PublicUrl>();
        document.Servers = [new OpenApiServer { Url = own.Of("") }];
        document.Info = new OpenApiInfo
        {
            Title = "Zoom for Calendars",
            Version = "v1",
            Description = "Compatible with the platform's Calendars API: its clients work with another base address. "
                + "Make a token under Settings > Private Integrations, and send it as `Authorization: Bearer pit-…` with a `Version` header.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Scheme,
            Description = "A private integration's token",
        };
        return Task.CompletedTask;
    }

    private static async Task CompleteAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (var name in metadata.OfType<ReadParameters>().SelectMany(each => each.Names))
        {
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = name,
                In = ParameterLocation.Query,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
        }

        operation.Parameters.Add(Header("Version", true, "2021-04-15", "2021-04-15, 2021-07-28, 2023-02-21 or v3"));
        if (metadata.OfType<RequiredScope>().FirstOrDefault() is { } scope)
        {
            operation.Description = $"{operation.Description}\n\nScope: `{scope.Name}`".Trim();
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] }];
        }

        if (metadata.OfType<BodyType>().FirstOrDefault() is { } body)
        {
            if (context.Description.HttpMethod == "POST")
            {
                operation.Parameters.Add(Header("Idempotency-Key", false, "order-4711", "The same key again creates nothing more"));
            }

            operation.RequestBody = new OpenApiRequestBody
            {
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new()
                    {
                        Schema = await context.GetOrCreateSchemaAsync(body.Type, null, cancellationToken),
                        Example = ApiExamples.Of(body.Type),
                    },
                },
            };
        }

        operation.Responses ??= [];
        foreach (var (status, meaning) in Errors)
        {
            operation.Responses[$"{status}"] = new OpenApiResponse
            {
                Description = meaning,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new()
                    {
                        Schema = await context.GetOrCreateSchemaAsync(typeof(ErrorAnswer), null, cancellationToken),
                        Example = ApiExamples.Error(status),
                    },
                },
            };
        }
    }

    private static OpenApiParameter Header(string name, bool isRequired, string example, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = isRequired,
        Description = description,
        Example = JsonValue.Create(example),
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
