from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0003_sheet_subjects'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='entry',
            options={'verbose_name_plural': 'entries'},
        ),
    ]
