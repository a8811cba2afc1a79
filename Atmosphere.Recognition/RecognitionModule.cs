using Atmosphere.Recognition.Faces.Catalogue;
using Atmosphere.Recognition.Faces.Clustering;
using Atmosphere.Recognition.Faces.Onnx;
using Atmosphere.Recognition.Flows.Cleanup;
using Atmosphere.Recognition.Flows.Distribution;
using Atmosphere.Recognition.Flows.Gateway;
using Atmosphere.Recognition.Flows.Identify;
using Atmosphere.Recognition.Flows.Models;
using Atmosphere.Recognition.Flows.Operations;
using Atmosphere.Recognition.Flows.Persons;
using Atmosphere.Recognition.Flows.Pipeline;
using Atmosphere.Recognition.Flows.Reports;
using Atmosphere.Recognition.Flows.Tagging;
using Atmosphere.Recognition.Flows.Tagging.Learning;
using Atmosphere.Recognition.Imaging;
using Atmosphere.Recognition.Messaging;
using Atmosphere.Recognition.Naming;
using Atmosphere.Recognition.Outbound;
using Atmosphere.Recognition.Photos;
using Atmosphere.Recognition.Questions;
using Atmosphere.Recognition.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Atmosphere.Recognition;

/// <summary>The whole of recognition, folder by folder.</summary>
public static class RecognitionModule
{
    /// <summary>
    /// Needs from the host: an <see cref="Outbound.IParents"/>, flows that handle <see cref="Messages.PersonConnected"/>,
    /// <see cref="Messages.PersonNotConnected"/>, <see cref="Messages.NewPhotosWanted"/>, <see cref="Messages.RequestMade"/> and <see cref="Messages.RequestEnded"/>, and an <see cref="Storage.Media.IMediaOwner"/> for every table of its own that names files.
    /// </summary>
    public static IServiceCollection AddRecognition(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(configuration);
        return services
            .AddStorage()
            .AddImaging()
            .AddOnnxFaces()
            .AddKnownModels()
            .AddFaceCollections(ofGroups: true)
            .AddClustering()
            .AddMessaging()
            .AddPhotos()
            .AddNotices()
            .AddQuestions()
            .AddDistribution()
            .AddNaming()
            .AddGateway()
            .AddPipeline()
            .AddIdentify()
            .AddPersons()
            .AddTagging()
            .AddLearning()
            .AddReports()
            .AddCleanup()
            .AddOperations()
            .AddModels();
    }
}
