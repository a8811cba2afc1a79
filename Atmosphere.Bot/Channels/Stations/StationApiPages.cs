using Atmosphere.Bot.Channels.Access;
using Microsoft.OpenApi;
using Scalar.AspNetCore;

namespace Atmosphere.Bot.Channels.Stations;

/// <summary>The stations' API description: OpenAPI at /openapi/v1.json, and a page at /scalar. Only this machine may read them.</summary>
internal static class StationApiPages
{
    public const string Document = "v1";

    private const string Token = "token";

    // Scalar's page contains an inline script and inline styles; nothing may be loaded from elsewhere.
    private const string ContentSecurity =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
        + "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static IServiceCollection AddStationApiPages(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.ShouldInclude = operation => operation.GroupName == Document;
        options.AddSchemaTransformer((schema, _, _) =>
        {
            // Numbers are described as numbers, although strings would be accepted, too.
            if (schema.Type?.HasFlag(JsonSchemaType.Integer) == true)
                (schema.Type, schema.Pattern) = (schema.Type & ~JsonSchemaType.String, null);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            Describe(document);
            return Task.CompletedTask;
        });
    });

    public static void MapStationApiPages(this IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapGroup("").RequireLoopback();
        pages.MapOpenApi();
        pages.MapScalarApiReference("/scalar", options =>
        {
            options.Title = "Atmosphere for stations";
            options.DefaultFonts = false;
            options.HideClientButton = true;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.DisableAgent().DisableMcp().DisableTelemetry();
        }).AddEndpointFilter((invocation, next) =>
        {
            invocation.HttpContext.Response.Headers.ContentSecurityPolicy = ContentSecurity;
            return next(invocation);
        });
    }

    /// <summary>Describes the upload's body and headers, which the handler reads itself as they arrive.</summary>
    public static RouteHandlerBuilder WithImages(this RouteHandlerBuilder endpoint) =>
        endpoint.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = IdempotencyKey.Header,
                In = ParameterLocation.Header,
                Description = "The station's own id of the upload. The same key with the same images is the same upload; without it every request is a new one.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.Longest },
            });
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = "One or more images, each as a file; the name of the part does not matter.",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["multipart/form-data"] = new()
                    {
                        Schema = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Properties = new Dictionary<string, IOpenApiSchema>
                            {
                                ["photo"] = new OpenApiSchema
                                {
                                    Type = JsonSchemaType.Array,
                                    MinItems = 1,
                                    Items = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" },
                                },
                            },
                        },
                    },
                },
            };
            return Task.CompletedTask;
        });

    private static void Describe(OpenApiDocument document)
    {
        document.Info.Title = "Atmosphere for stations";
        document.Info.Description = "Camera stations upload photos, and ask what became of them. 'atmosphere clients add' makes a station and its token.";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Token] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The token of a client, as 'atmosphere clients add' shows it once.",
            },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, document)] = [] }];
    }
}
