using Microsoft.Extensions.DependencyInjection;

namespace Atmosphere.Recognition.Flows.Persons.Enrolment;

public static class EnrolmentPhotosServices
{
    /// <summary>Adds the check of photos before a registration; needs imaging, storage and a face engine.</summary>
    public static IServiceCollection AddEnrolmentPhotos(this IServiceCollection services) =>
        services.AddScoped<IEnrolmentPhotos, EnrolmentPhotos>();
}
